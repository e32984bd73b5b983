using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Lambdas that make a validator out of a LINQ call.</summary>
internal static class MembershipLambda
{
    /// <summary>For <c>a =&gt; a == x</c> and <c>a =&gt; a.Equals(x)</c>: the expression that is compared with the lambda's parameter.</summary>
    public static IOperation? CheckedOperand(ControlFlowGraph graph, IMethodSymbol lambda)
    {
        if (lambda.Parameters.Length != 1)
            return null;
        IOperation? result = null;
        foreach (BasicBlock block in graph.Blocks)
        {
            if (block.BranchValue is null)
                continue;
            if (result is not null || block.ConditionKind != ControlFlowConditionKind.None)
                return null;
            result = block.BranchValue.WithoutConversions();
        }

        (IOperation? left, IOperation? right) = result switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality => (equality.LeftOperand, equality.RightOperand),
            IInvocationOperation { TargetMethod.Name: "Equals", Instance: { } instance, Arguments.Length: > 0 } call => (instance, call.Arguments[0].Value),
            IInvocationOperation { TargetMethod.Name: "Equals", Instance: null, Arguments.Length: > 1 } call => (call.Arguments[0].Value, call.Arguments[1].Value),
            _ => ((IOperation?)null, (IOperation?)null),
        };
        if (left is null || right is null)
            return null;
        if (IsParameter(left, lambda))
            return right.WithoutConversions();
        return IsParameter(right, lambda) ? left.WithoutConversions() : null;
    }

    /// <summary>Whether a predicate over characters lets only letters and digits through: <c>char.IsLetterOrDigit</c> or a lambda that returns it.</summary>
    public static bool AllowsOnlySafeCharacters(IOperation target, ControlFlowGraph graph)
    {
        if (target is IMethodReferenceOperation reference)
            return IsCharacterTest(reference.Method);
        if (target is not IFlowAnonymousFunctionOperation lambda)
            return false;
        bool any = false;
        foreach (BasicBlock block in graph.GetAnonymousFunctionControlFlowGraph(lambda).Blocks)
        {
            if (block.BranchValue is null)
                continue;
            switch (block.BranchValue.WithoutConversions())
            {
                case IInvocationOperation call when IsCharacterTest(call.TargetMethod):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand.ConstantValue.HasValue: true }:
                case IFlowCaptureReferenceOperation:
                    any = true;
                    break;
                default:
                    return false;
            }
        }

        return any;
    }

    private static bool IsCharacterTest(IMethodSymbol method) =>
        method.ContainingType.SpecialType == SpecialType.System_Char
        && method.Name is "IsLetterOrDigit" or "IsLetter" or "IsDigit" or "IsNumber" or "IsAsciiLetterOrDigit" or "IsAsciiDigit" or "IsAsciiLetter" or "IsAsciiHexDigit";

    private static bool IsParameter(IOperation operation, IMethodSymbol lambda) =>
        operation.WithoutConversions() is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, lambda.Parameters[0]);
}
