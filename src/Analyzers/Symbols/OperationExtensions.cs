using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Symbols;

/// <summary>Questions about operations that several rules ask.</summary>
internal static class OperationExtensions
{
    /// <summary>The operand under parentheses and conversions that the user did not define.</summary>
    public static IOperation WithoutConversions(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The expression under a declaration in place: <c>var (a, b)</c>, <c>out var x</c>.</summary>
    public static IOperation WithoutDeclaration(this IOperation operation) => operation is IDeclarationExpressionOperation declaration ? declaration.Expression : operation;

    /// <summary>The argument for a parameter by name; null when the call has no such parameter.</summary>
    public static IArgumentOperation? FindArgument(this IInvocationOperation invocation, string parameterName) => Find(invocation.Arguments, parameterName);

    /// <summary>The argument for a parameter by name; null when the constructor has no such parameter.</summary>
    public static IArgumentOperation? FindArgument(this IObjectCreationOperation creation, string parameterName) => Find(creation.Arguments, parameterName);

    /// <summary>The object that a call works on: the instance, or the first argument of an extension method.</summary>
    public static IOperation? Receiver(this IInvocationOperation invocation) =>
        invocation.Instance ?? (invocation.TargetMethod.IsExtensionMethod && invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value : null);

    /// <summary>Whether the operation has a compile-time constant of the type.</summary>
    public static bool TryGetConstant<T>(this IOperation? operation, out T? value)
    {
        if (operation?.ConstantValue is { HasValue: true, Value: T constant })
        {
            value = constant;
            return true;
        }

        value = default;
        return false;
    }

    private static IArgumentOperation? Find(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments, string parameterName)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Name == parameterName)
                return argument;
        }

        return null;
    }
}
