using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Applies the summaries of called methods at their calls.</summary>
internal sealed class HelperCalls
{
    private readonly HelperSummaries _summaries;
    private readonly ControlFlowGraph _graph;

    public HelperCalls(HelperSummaries summaries, ControlFlowGraph graph)
    {
        _summaries = summaries;
        _graph = graph;
    }

    /// <summary>Adds the checks that the result of a call or property tells.</summary>
    public void AddResults(IOperation operation, PathKeyBuilder keys, bool positive, List<CheckOutcome> found)
    {
        IMethodSymbol? method = operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IPropertyReferenceOperation property => property.Property.GetMethod,
            _ => null,
        };
        if (method is null || !IsCondition(method.ReturnType))
            return;
        foreach (HelperSummary summary in _summaries.Of(method, _graph))
            Translate(summary.Results, method, operation, keys, positive, found);
    }

    /// <summary>Adds the checks that have been answered when a call returns.</summary>
    public void AddGuards(IInvocationOperation invocation, PathKeyBuilder keys, List<CheckOutcome> found)
    {
        foreach (HelperSummary summary in _summaries.Of(invocation.TargetMethod, _graph))
            Translate(summary.Guards, invocation.TargetMethod, invocation, keys, positive: true, found);
    }

    /// <summary>What the called method does to paths that the caller knows.</summary>
    public IEnumerable<(PathKey Key, UseKind Kind, Location Location)> Uses(IInvocationOperation invocation, PathKeyBuilder keys)
    {
        foreach (HelperSummary summary in _summaries.Of(invocation.TargetMethod, _graph))
        {
            if (summary.Uses.IsEmpty)
                continue;
            IReadOnlyDictionary<ISymbol, PathKey> arguments = Arguments(invocation, keys);
            foreach ((PathKey key, UseKind kind, Location location) in summary.Uses)
            {
                if (key.Translate(invocation.TargetMethod.OriginalDefinition, arguments, Receiver(invocation, keys)) is { } translated)
                    yield return (translated, kind, location);
            }
        }
    }

    private static void Translate(
        ImmutableArray<CheckOutcome> outcomes, IMethodSymbol method, IOperation call, PathKeyBuilder keys, bool positive, List<CheckOutcome> found)
    {
        if (outcomes.IsEmpty)
            return;
        IReadOnlyDictionary<ISymbol, PathKey> arguments = Arguments(call, keys);
        PathKey? receiver = Receiver(call, keys);
        foreach (CheckOutcome outcome in outcomes)
        {
            if (outcome.Check.Key.Translate(method.OriginalDefinition, arguments, receiver) is { } key)
            {
                var check = outcome.Check with { Syntax = call.Syntax, Key = key };
                found.Add(new CheckOutcome(check, positive == outcome.Positive));
            }
        }
    }

    private static PathKey? Receiver(IOperation call, PathKeyBuilder keys) => call switch
    {
        IInvocationOperation { Instance: { } instance } => keys.Build(instance),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } => PathKey.This,
        IPropertyReferenceOperation { Instance: { } instance } => keys.Build(instance),
        _ => null,
    };

    private static Dictionary<ISymbol, PathKey> Arguments(IOperation call, PathKeyBuilder keys)
    {
        var arguments = new Dictionary<ISymbol, PathKey>(SymbolEqualityComparer.Default);
        ImmutableArray<IArgumentOperation> given = call switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IPropertyReferenceOperation property => property.Arguments,
            _ => [],
        };
        foreach (IArgumentOperation argument in given)
        {
            // Summaries are written in the parameters of the definition; an implementation's are matched by their position.
            if (argument.Parameter is { } parameter && keys.Build(argument.Value) is { } key)
                arguments[parameter.OriginalDefinition] = key;
        }

        return arguments;
    }

    private static bool IsCondition(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Boolean
        || type is INamedTypeSymbol { IsGenericType: true, Name: "Task" or "ValueTask" } task && task.TypeArguments[0].SpecialType == SpecialType.System_Boolean;
}
