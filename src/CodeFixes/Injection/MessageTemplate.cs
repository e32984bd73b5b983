using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>A constant message template and the arguments for its placeholders, made from a text that was put together.</summary>
internal sealed class MessageTemplate
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _names = [];

    private MessageTemplate()
    {
    }

    /// <summary>The arguments in the order of the placeholders.</summary>
    public List<ExpressionSyntax> Arguments { get; } = [];

    /// <summary>The template as a literal.</summary>
    public ExpressionSyntax Literal => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(_text.ToString()));

    /// <summary>Reads a sum, an interpolation or a single value; null where a constant part is not text.</summary>
    public static MessageTemplate? Read(ExpressionSyntax text, SemanticModel model)
    {
        var template = new MessageTemplate();
        return template.Add(text, model) && template.Arguments.Count > 0 ? template : null;
    }

    private bool Add(ExpressionSyntax text, SemanticModel model)
    {
        switch (text)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Add(parenthesized.Expression, model);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when !model.GetConstantValue(sum).HasValue:
                return Add(sum.Left, model) && Add(sum.Right, model);
            case InterpolatedStringExpressionSyntax interpolated:
                return AddInterpolated(interpolated, model);
        }

        Optional<object?> constant = model.GetConstantValue(text);
        if (constant.HasValue)
            _text.Append((constant.Value?.ToString() ?? string.Empty).Replace("{", "{{").Replace("}", "}}"));
        else
            AddValue(text, null);
        return true;
    }

    private bool AddInterpolated(InterpolatedStringExpressionSyntax interpolated, SemanticModel model)
    {
        foreach (InterpolatedStringContentSyntax part in interpolated.Contents)
        {
            switch (part)
            {
                case InterpolatedStringTextSyntax text:
                    // Braces are doubled in both languages.
                    _text.Append(text.TextToken.ValueText);
                    break;
                case InterpolationSyntax { AlignmentClause: null } hole when model.GetConstantValue(hole.Expression) is { HasValue: true, Value: string constant }:
                    _text.Append(constant.Replace("{", "{{").Replace("}", "}}"));
                    break;
                case InterpolationSyntax { AlignmentClause: null } hole:
                    AddValue(hole.Expression, hole.FormatClause?.FormatStringToken.ValueText);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private void AddValue(ExpressionSyntax value, string? format)
    {
        string name = NameOf(value);
        string unique = name;
        for (int number = 2; !_names.Add(unique); number++)
            unique = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _text.Append('{').Append(unique);
        if (format is not null)
            _text.Append(':').Append(format);
        _text.Append('}');
        Arguments.Add(value.WithoutTrivia());
    }

    private static string NameOf(ExpressionSyntax value)
    {
        string name = value switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } } => receiver.Identifier.ValueText,
            ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string key } }] } => key,
            _ => "Value",
        };
        name = new string(name.TrimStart('_', '@').Where(static c => char.IsLetterOrDigit(c)).ToArray());
        return name.Length == 0 || char.IsDigit(name[0]) ? "Value" : char.ToUpperInvariant(name[0]) + name.Substring(1);
    }
}
