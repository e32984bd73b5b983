using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.Decisions;

/// <summary>What a branch lets happen.</summary>
internal static class GuardedCode
{
    /// <summary>Whether one of the ways does something: calls that are more than logging and text, an answer, a refusal.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="redirectsCount">Whether redirects and response headers count as something.</param>
    public static bool IsSensitive(IConditionalOperation branch, bool redirectsCount) =>
        IsSensitive(branch.WhenTrue, redirectsCount) || (branch.WhenFalse is { } otherwise && IsSensitive(otherwise, redirectsCount))
        || (redirectsCount && Leaves(branch.WhenTrue) && branch.Parent is IBlockOperation block && After(block, branch));

    private static bool After(IBlockOperation block, IConditionalOperation branch)
    {
        bool isAfter = false;
        foreach (IOperation statement in block.Operations)
        {
            if (isAfter && IsSensitive(statement, redirectsCount: true))
                return true;
            isAfter |= statement == branch;
        }

        return false;
    }

    private static bool Leaves(IOperation way) => way.DescendantsAndSelf().Any(static one => one is IReturnOperation or IThrowOperation or IBranchOperation);

    private static bool IsSensitive(IOperation way, bool redirectsCount) => way.DescendantsAndSelf().Any(one => one switch
    {
        IInvocationOperation { TargetMethod: var method } => !IsHarmless(method) && (redirectsCount || !IsAnswer(method)),
        IThrowOperation { Exception: { } exception } => exception.DescendantsAndSelf().Any(static thrown => thrown.Type?.Name is "UnauthorizedAccessException" or "SecurityException"),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "StatusCode" } } => true,
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var member } } => ClientNames.ClaimsRights(member.Name),
        _ => false,
    });

    /// <summary>Redirects, and headers of the response.</summary>
    private static bool IsAnswer(IMethodSymbol method) =>
        method.Name.IndexOf("Redirect", StringComparison.Ordinal) >= 0 || method.ContainingType?.Name is "HeaderDictionaryExtensions" or "IHeaderDictionary" or "StringValues" || method.Name is "Invoke" or "InvokeAsync";

    /// <summary>Logging, and work on text and numbers.</summary>
    private static bool IsHarmless(IMethodSymbol method)
    {
        string type = method.ContainingType?.Name ?? string.Empty;
        return method.Name.StartsWith("Log", StringComparison.Ordinal)
            || type is "String" or "StringBuilder" or "Trace" or "Debug" or "Math" or "Convert" or "Object" or "LoggerExtensions" or "Regex" or "Path"
            || method.ContainingType?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Boolean or SpecialType.System_DateTime
            || method.MethodKind is MethodKind.PropertyGet;
    }
}
