using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Takes a concatenation, an interpolated string, <c>string.Format</c> or <c>string.Concat</c> apart.</summary>
internal sealed class SqlTemplateReader
{
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellation;
    private readonly ImmutableArray<SqlSegment>.Builder _segments = ImmutableArray.CreateBuilder<SqlSegment>();

    private SqlTemplateReader(SemanticModel model, CancellationToken cancellation)
    {
        _model = model;
        _cancellation = cancellation;
    }

    /// <summary>The pieces of a text in order, or an empty array when the expression is not put together in one of the known ways.</summary>
    public static ImmutableArray<SqlSegment> Read(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        var reader = new SqlTemplateReader(model, cancellation);
        return reader.TryRead(expression) && reader._segments.Count > 1 ? reader._segments.ToImmutable() : ImmutableArray<SqlSegment>.Empty;
    }

    private bool TryRead(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return TryRead(parenthesized.Expression);
            case LiteralExpressionSyntax { Token.Value: string text }:
                AddText(text);
                return true;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } add when IsText(add):
                return TryRead(add.Left) && TryRead(add.Right);
            case InterpolatedStringExpressionSyntax interpolated:
                return TryReadInterpolated(interpolated);
            case InvocationExpressionSyntax invocation when IsStringMethod(invocation, "Format"):
                return TryReadFormat(invocation);
            case InvocationExpressionSyntax invocation when IsStringMethod(invocation, "Concat"):
                return TryReadConcat(invocation);
            default:
                AddValue(expression, format: null);
                return true;
        }
    }

    private bool IsText(ExpressionSyntax expression) => _model.GetTypeInfo(expression, _cancellation).Type?.SpecialType == SpecialType.System_String;

    private bool IsStringMethod(InvocationExpressionSyntax invocation, string name) =>
        _model.GetSymbolInfo(invocation, _cancellation).Symbol is IMethodSymbol { ContainingType.SpecialType: SpecialType.System_String } method && method.Name == name;

    private void AddText(string text)
    {
        if (text.Length > 0)
            _segments.Add(new SqlSegment(text, null, null, null));
    }

    private void AddValue(ExpressionSyntax expression, string? format)
    {
        Optional<object?> constant = _model.GetConstantValue(expression, _cancellation);
        string? text = constant.HasValue && format is null ? System.Convert.ToString(constant.Value, CultureInfo.InvariantCulture) : null;
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;
        _segments.Add(new SqlSegment(text, expression, format, _model.GetTypeInfo(expression, _cancellation).Type));
    }

    private bool TryReadInterpolated(InterpolatedStringExpressionSyntax interpolated)
    {
        foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
        {
            switch (content)
            {
                case InterpolatedStringTextSyntax text:
                    AddText(text.TextToken.ValueText);
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

    private bool TryReadConcat(InvocationExpressionSyntax invocation)
    {
        foreach (ArgumentSyntax argument in invocation.ArgumentList.Arguments)
        {
            ITypeSymbol? type = _model.GetTypeInfo(argument.Expression, _cancellation).Type;
            if (argument.NameColon is not null || type is IArrayTypeSymbol || type?.Name == "IEnumerable" || !TryRead(argument.Expression))
                return false;
        }

        return true;
    }

    private bool TryReadFormat(InvocationExpressionSyntax invocation)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = invocation.ArgumentList.Arguments;
        foreach (ArgumentSyntax argument in arguments)
        {
            if (argument.NameColon is not null)
                return false;
        }

        int first = arguments.Count > 0 && IsText(arguments[0].Expression) ? 0 : 1;
        if (first >= arguments.Count || _model.GetConstantValue(arguments[first].Expression, _cancellation) is not { HasValue: true, Value: string format })
            return false;
        var values = new List<ExpressionSyntax>();
        for (int i = first + 1; i < arguments.Count; i++)
            values.Add(arguments[i].Expression);
        if (values.Count == 1 && _model.GetTypeInfo(values[0], _cancellation).Type is IArrayTypeSymbol)
            return false;
        return CompositeFormat.TrySplit(format, AddText, (index, itemFormat) =>
        {
            if (index >= values.Count)
                return false;
            AddValue(values[index], itemFormat);
            return true;
        });
    }
}
