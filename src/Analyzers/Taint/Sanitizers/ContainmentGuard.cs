using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>
/// Path checks: a path that starts with a root folder, a relative path that does not leave it, a name without separators or dots. Whether the check
/// is sound is the business of the rule on broken path checks; here it counts as a check, so that one flaw is reported once.
/// </summary>
internal sealed class ContainmentGuard : IGuardMatcher
{
    private const SinkKinds Paths = SinkKinds.Path | SinkKinds.ArchivePath;

    /// <inheritdoc/>
    public void Match(IOperation condition, SinkSite site, ICollection<GuardFact> facts)
    {
        switch (condition.WithoutConversions())
        {
            case IInvocationOperation { Instance: { } text, TargetMethod: { Name: "StartsWith", ContainingType.SpecialType: SpecialType.System_String } } starts when starts.Arguments.Length > 0:
                MatchStartsWith(starts, text.WithoutConversions(), site, facts);
                break;
            case IInvocationOperation { Instance: { } text, TargetMethod: { Name: "Contains", ContainingType.SpecialType: SpecialType.System_String } } contains when contains.Arguments.Length > 0:
                if (contains.Arguments[0].Value.ConstantValue is { HasValue: true, Value: var part } && part?.ToString() is ".." or "/" or "\\" or "../")
                    Add(text, false, site, facts);
                break;
            case IInvocationOperation { TargetMethod: { Name: "IsPathRooted" or "IsPathFullyQualified", ContainingType.Name: "Path" }, Arguments: [var path, ..] }:
                Add(path.Value, false, site, facts);
                break;
            case IBinaryOperation { LeftOperand: var left } comparison:
                MatchSearch(comparison, left.WithoutConversions(), site, facts);
                break;
        }
    }

    private static void MatchStartsWith(IInvocationOperation starts, IOperation text, SinkSite site, ICollection<GuardFact> facts)
    {
        IOperation prefix = starts.Arguments[0].Value.WithoutConversions();
        if (prefix.ConstantValue is { HasValue: true, Value: var constant })
        {
            // Path.GetRelativePath(root, path).StartsWith("..")
            if (constant?.ToString() is { } dots && dots.StartsWith("..", System.StringComparison.Ordinal))
                Add(text, false, site, facts);
            else if (constant?.ToString() is { Length: > 1 } root && root[0] is '/' or '\\')
                Add(text, true, site, facts);
            return;
        }

        Add(text, true, site, facts);
    }

    private static void MatchSearch(IBinaryOperation comparison, IOperation left, SinkSite site, ICollection<GuardFact> facts)
    {
        if (left is not IInvocationOperation { Instance: { } text, TargetMethod: { Name: "IndexOfAny" or "IndexOf", ContainingType.SpecialType: SpecialType.System_String } } search || search.Arguments.Length == 0)
            return;
        bool separators = search.Descendants().Any(static one => one is IInvocationOperation { TargetMethod.Name: "GetInvalidFileNameChars" or "GetInvalidPathChars" }
            || one.ConstantValue is { HasValue: true, Value: '/' or '\\' or ".." or "/" or "\\" }
            || one is IFieldReferenceOperation { Field.Name: "DirectorySeparatorChar" or "AltDirectorySeparatorChar" });
        if (!separators)
            return;
        object? bound = comparison.RightOperand.ConstantValue is { HasValue: true } constant ? constant.Value : null;
        switch (comparison.OperatorKind, bound)
        {
            case (BinaryOperatorKind.GreaterThanOrEqual, 0) or (BinaryOperatorKind.GreaterThan, -1) or (BinaryOperatorKind.NotEquals, -1):
                Add(text, false, site, facts);
                break;
            case (BinaryOperatorKind.LessThan, 0) or (BinaryOperatorKind.Equals, -1):
                Add(text, true, site, facts);
                break;
        }
    }

    /// <summary>The checked path, and what it was made of by the path functions, are harmless on the branch.</summary>
    private static void Add(IOperation path, bool whenTrue, SinkSite site, ICollection<GuardFact> facts)
    {
        IOperation value = path.WithoutConversions();
        facts.Add(new GuardFact(value, Paths, whenTrue));
        switch (value)
        {
            case IInvocationOperation { TargetMethod.ContainingType: { Name: "Path", ContainingNamespace.Name: "IO" } } made:
                foreach (IArgumentOperation argument in made.Arguments)
                    facts.Add(new GuardFact(argument.Value.WithoutConversions(), Paths, whenTrue));
                break;
            case ILocalReferenceOperation local when InitializerOf(local, site) is IInvocationOperation { TargetMethod: { Name: "GetRelativePath", ContainingType.Name: "Path" } } relative:
                foreach (IArgumentOperation argument in relative.Arguments)
                    facts.Add(new GuardFact(argument.Value.WithoutConversions(), Paths, whenTrue));
                break;
            case IPropertyReferenceOperation { Property.Name: "FullName", Instance: { } info }:
                facts.Add(new GuardFact(info.WithoutConversions(), Paths, whenTrue));
                break;
        }
    }

    private static IOperation? InitializerOf(ILocalReferenceOperation reference, SinkSite site) =>
        SourceIndex.For(site.Compilation).Surrounding(reference)?.Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(one.Symbol, reference.Local))?.Initializer?.Value.WithoutConversions();
}
