using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Takes the text of a command line apart into arguments, where the places of spaces and quotes are known.</summary>
internal sealed class CommandArguments
{
    private readonly List<string> _arguments = [];
    private readonly List<string> _pieces = [];
    private readonly StringBuilder _text = new();
    private bool _isQuoted;
    private bool _isOpen;

    private CommandArguments()
    {
    }

    /// <summary>The source of each argument, or null where the text is not plain enough.</summary>
    public static IReadOnlyList<string>? Split(ExpressionSyntax text, SemanticModel model)
    {
        var arguments = new CommandArguments();
        if (!arguments.Add(text, model) || arguments._isQuoted)
            return null;
        arguments.End();
        return arguments._arguments;
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
                foreach (InterpolatedStringContentSyntax part in interpolated.Contents)
                {
                    bool isKnown = part switch
                    {
                        InterpolatedStringTextSyntax constant => AddConstant(constant.TextToken.ValueText.Replace("{{", "{").Replace("}}", "}")),
                        InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole => Add(hole.Expression, model),
                        _ => false,
                    };
                    if (!isKnown)
                        return false;
                }

                return true;
        }

        if (model.GetConstantValue(text) is { HasValue: true } known)
            return AddConstant(known.Value?.ToString() ?? string.Empty);
        Flush();
        _pieces.Add(TextParts.AsText(text, model));
        _isOpen = true;
        return true;
    }

    private bool AddConstant(string text)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '"':
                    _isQuoted = !_isQuoted;
                    _isOpen = true;
                    break;
                case ' ' when !_isQuoted:
                    End();
                    break;
                case '\\' or '\'' or '\t' or '\n' or '\r':
                    return false;
                default:
                    _text.Append(c);
                    _isOpen = true;
                    break;
            }
        }

        return true;
    }

    private void Flush()
    {
        if (_text.Length == 0)
            return;
        _pieces.Add(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(_text.ToString())).ToString());
        _text.Clear();
    }

    private void End()
    {
        if (!_isOpen)
            return;
        Flush();
        _arguments.Add(_pieces.Count == 0 ? "\"\"" : string.Join(" + ", _pieces));
        _pieces.Clear();
        _isOpen = false;
    }
}
