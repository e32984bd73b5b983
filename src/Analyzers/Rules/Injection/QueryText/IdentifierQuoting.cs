using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Recognises identifiers that are quoted by hand the right way: the closing quote is doubled inside the quotes.</summary>
internal static class IdentifierQuoting
{
    /// <summary>Whether an expression doubles the closing quote that stands after it.</summary>
    /// <param name="expression">The expression between the quotes.</param>
    /// <param name="before">The text before it.</param>
    /// <param name="after">The text after it.</param>
    public static bool Doubles(IOperation expression, string before, string after)
    {
        if (before.Length == 0 || after.Length == 0)
            return false;
        char close = after[0];
        char open = before[before.Length - 1];
        bool pair = (open == '[' && close == ']') || (open == close && open is '"' or '`');
        return pair && Doubles(expression, close);
    }

    /// <summary>Whether <c>open + expression + close</c>, as nested additions, is such a quoted identifier.</summary>
    public static bool IsQuotedMiddle(IBinaryOperation outer)
    {
        return outer is { OperatorKind: BinaryOperatorKind.Add, RightOperand.ConstantValue: { HasValue: true, Value: string after } }
            && outer.LeftOperand is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } inner
            && TrailingText(inner.LeftOperand) is { } before
            && Doubles(inner.RightOperand, before, after);
    }

    private static string? TrailingText(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } add => TrailingText(add.RightOperand),
        _ => null,
    };

    private static bool Doubles(IOperation expression, char quote)
    {
        return expression is IInvocationOperation { TargetMethod: { Name: "Replace", ContainingType.SpecialType: SpecialType.System_String }, Arguments.Length: >= 2 } replace
            && replace.Arguments[0].Value.ConstantValue is { HasValue: true } from && replace.Arguments[1].Value.ConstantValue is { HasValue: true, Value: string to }
            && from.Value?.ToString() == quote.ToString() && to == new string(quote, 2);
    }
}
