using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>Writes SQL texts as C# expressions.</summary>
internal static class SqlText
{
    /// <summary>The value of a quoted SQL literal: <c>"%" + name + "%"</c>.</summary>
    public static ExpressionSyntax Join(IReadOnlyList<SqlSegment> literal)
    {
        if (literal.Count == 1 && literal[0].Format is null)
            return literal[0].Expression!.WithoutTrivia();
        if (literal.Any(static part => part.Format is not null))
            return Interpolated(literal.Select(static part => part.IsHole ? new Hole(null, part.Expression, part.Format) : new Hole(part.Text, null, null)));
        ExpressionSyntax? sum = null;
        bool startsWithText = !literal[0].IsHole || literal[0].Type?.SpecialType == SpecialType.System_String;
        if (!startsWithText)
            return Interpolated(literal.Select(static part => new Hole(part.Text, part.Expression, null)));
        foreach (SqlSegment part in literal)
        {
            ExpressionSyntax next = part.IsHole ? Operand(part.Expression!) : Literal(part.Text!);
            sum = sum is null ? next : SyntaxFactory.BinaryExpression(SyntaxKind.AddExpression, sum, next.WithLeadingTrivia(SyntaxFactory.Space))
                .WithOperatorToken(SyntaxFactory.Token(SyntaxKind.PlusToken).WithLeadingTrivia(SyntaxFactory.Space));
        }

        return sum!;
    }

    /// <summary>The text with named parameters, as a literal or, where constants stay in it, as an interpolated string.</summary>
    /// <param name="plan">The text without its values.</param>
    /// <param name="prefix">The parameter prefix, for example <c>@</c>; a question mark stands alone.</param>
    public static ExpressionSyntax WithParameters(SqlParameterPlan plan, string prefix)
    {
        IEnumerable<Hole> parts = plan.Parts.Select(part => part.Value is { } value
            ? new Hole(prefix == "?" ? "?" : prefix + value.Name, null, null)
            : part.Expression is null ? new Hole(part.Text, null, null) : new Hole(null, part.Expression, null));
        return Render(parts.ToList());
    }

    /// <summary>The text as an interpolated string whose holes are the values; constants are written out, because a hole becomes a parameter.</summary>
    public static ExpressionSyntax AsInterpolated(SqlParameterPlan plan) =>
        Interpolated(plan.Parts.Select(static part => part.Value is { } value ? new Hole(null, value.Expression, null) : new Hole(part.Text, null, null)));

    private static ExpressionSyntax Operand(ExpressionSyntax expression) =>
        expression is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or LambdaExpressionSyntax
            ? SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia())
            : expression.WithoutTrivia();

    private static ExpressionSyntax Render(List<Hole> parts)
    {
        if (parts.Any(static part => part.Expression is not null))
            return Interpolated(parts);
        return Literal(string.Concat(parts.Select(static part => part.Text)));
    }

    private static ExpressionSyntax Literal(string text)
    {
        string token = text.Contains('\n') ? "@\"" + text.Replace("\"", "\"\"") + "\"" : SymbolDisplay.FormatLiteral(text, quote: true);
        return SyntaxFactory.ParseExpression(token);
    }

    private static ExpressionSyntax Interpolated(IEnumerable<Hole> holes)
    {
        List<Hole> parts = holes.ToList();
        bool verbatim = parts.Any(static part => part.Text?.Contains('\n') == true);
        var text = new StringBuilder(verbatim ? "$@\"" : "$\"");
        foreach (Hole part in parts)
        {
            if (part.Expression is null)
            {
                string escaped = part.Text!.Replace("{", "{{").Replace("}", "}}");
                text.Append(verbatim ? escaped.Replace("\"", "\"\"") : Unquoted(escaped));
                continue;
            }

            bool wrap = part.Expression is ConditionalExpressionSyntax or AssignmentExpressionSyntax or LambdaExpressionSyntax || part.Expression.ToString().Contains("::");
            text.Append('{').Append(wrap ? "(" : string.Empty).Append(part.Expression.WithoutTrivia().ToString()).Append(wrap ? ")" : string.Empty);
            if (part.Format is not null)
                text.Append(':').Append(part.Format);
            text.Append('}');
        }

        return SyntaxFactory.ParseExpression(text.Append('"').ToString());
    }

    private static string Unquoted(string text)
    {
        string literal = SymbolDisplay.FormatLiteral(text, quote: true);
        return literal.Substring(1, literal.Length - 2);
    }

    private readonly record struct Hole(string? Text, ExpressionSyntax? Expression, string? Format);
}
