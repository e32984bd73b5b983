using System;
using System.Globalization;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Arithmetic on the constants that the analysis follows: integers as 64-bit numbers, text, truth values, null.</summary>
internal static class Constants
{
    /// <summary>One representation per value, so that an <c>int</c> 5 equals a <c>long</c> 5.</summary>
    public static object? Normalize(object? constant) => constant switch
    {
        null => AbstractValue.NullConstant,
        int or short or sbyte or byte or ushort or uint or long => Convert.ToInt64(constant, CultureInfo.InvariantCulture),
        ulong large => large <= long.MaxValue ? (long)large : large,
        _ => constant,
    };

    /// <summary>The result of an operator on two constants; null when it is not known.</summary>
    public static object? Apply(BinaryOperatorKind operation, object? left, object? right)
    {
        if (left is null || right is null)
            return null;
        switch (operation)
        {
            case BinaryOperatorKind.Equals:
                return Equals(left, right);
            case BinaryOperatorKind.NotEquals:
                return !Equals(left, right);
        }

        if (left is bool p && right is bool q)
        {
            return operation switch
            {
                BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => p && q,
                BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => p || q,
                BinaryOperatorKind.ExclusiveOr => p ^ q,
                _ => null,
            };
        }

        if (left is string text && right is string other && operation == BinaryOperatorKind.Add)
            return text.Length + other.Length < 4096 ? text + other : null;
        if (left is not long a || right is not long b)
            return null;
        return unchecked(operation switch
        {
            BinaryOperatorKind.Add => a + b,
            BinaryOperatorKind.Subtract => a - b,
            BinaryOperatorKind.Multiply => a * b,
            BinaryOperatorKind.Divide => b is 0 or -1 ? null : a / b,
            BinaryOperatorKind.Remainder => b is 0 or -1 ? null : a % b,
            BinaryOperatorKind.LessThan => a < b,
            BinaryOperatorKind.LessThanOrEqual => a <= b,
            BinaryOperatorKind.GreaterThan => a > b,
            BinaryOperatorKind.GreaterThanOrEqual => a >= b,
            BinaryOperatorKind.And => a & b,
            BinaryOperatorKind.Or => a | b,
            BinaryOperatorKind.ExclusiveOr => a ^ b,
            _ => (object?)null,
        });
    }
}
