using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Summaries of the methods of one compilation, made when a call first asks for them.</summary>
internal sealed class HelperSummaries
{
    /// <summary>A chain of helpers longer than this is not followed.</summary>
    private const int MostDepth = 4;

    /// <summary>An interface method with more implementations than this is not resolved.</summary>
    private const int MostImplementations = 4;

    private static readonly ImmutableArray<HelperSummary> s_none = [];

    private static readonly FileTouch s_noTouch = new(false, false, []);

    [ThreadStatic]
    private static CallChain? t_chain;

    private readonly Compilation _compilation;
    private readonly FileSystemTypes _types;
    private readonly CancellationToken _cancellation;
    private readonly ConcurrentDictionary<ISymbol, HelperSummary> _summaries = new(SymbolEqualityComparer.Default);
    private readonly ImmutableArray<ConcurrentDictionary<ISymbol, HelperSummary>> _cutOff =
        [.. Enumerable.Range(0, MostDepth).Select(static _ => new ConcurrentDictionary<ISymbol, HelperSummary>(SymbolEqualityComparer.Default))];
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IMethodSymbol>> _implementations = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, (bool Checks, bool Uses)> _mayTouch = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, FileTouch> _touches = new(SymbolEqualityComparer.Default);
    private ImmutableArray<INamedTypeSymbol> _sourceTypes;

    public HelperSummaries(Compilation compilation, FileSystemTypes types, CancellationToken cancellation)
    {
        _compilation = compilation;
        _types = types;
        _cancellation = cancellation;
    }

    /// <summary>The summaries of every body that a call of the method may run, as far as the compilation has their source.</summary>
    public ImmutableArray<HelperSummary> Of(IMethodSymbol method, ControlFlowGraph caller)
    {
        method = method.OriginalDefinition;
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return s_none;
        if (method.MethodKind == MethodKind.LocalFunction)
            return Summarize(method, () => BodyGraphs.OfLocalFunction(method, caller, _cancellation)) is { } local ? [local] : s_none;
        if (!method.IsAbstract && !method.IsVirtual && !method.IsOverride)
            return Summarize(method, () => BodyGraphs.Of(_compilation, method, _cancellation)) is { } own ? [own] : s_none;

        var summaries = ImmutableArray.CreateBuilder<HelperSummary>();
        foreach (IMethodSymbol implementation in _implementations.GetOrAdd(method, _ => Implementations(method)))
        {
            if (Summarize(implementation, () => BodyGraphs.Of(_compilation, implementation, _cancellation)) is { } summary)
                summaries.Add(InParametersOf(method, implementation, summary));
        }

        return summaries.ToImmutable();
    }

    /// <summary>Whether a call of the method may check or use a path, as far as helpers are followed.</summary>
    public (bool Checks, bool Uses) MayTouch(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        if (_mayTouch.TryGetValue(method, out (bool Checks, bool Uses) known))
            return known;
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { method };
        var level = new List<IMethodSymbol> { method };
        for (int depth = 0; depth < MostDepth && level.Count > 0 && !(known.Checks && known.Uses); depth++)
        {
            var next = new List<IMethodSymbol>();
            foreach (IMethodSymbol one in level)
            {
                foreach (IMethodSymbol body in Bodies(one))
                {
                    FileTouch touch = Touch(body);
                    known = (known.Checks | touch.Checks, known.Uses | touch.Uses);
                    foreach (IMethodSymbol callee in touch.Callees)
                    {
                        if (seen.Add(callee))
                            next.Add(callee);
                    }
                }
            }

            level = next;
        }

        return _mayTouch[method] = known;
    }

    private ImmutableArray<IMethodSymbol> Bodies(IMethodSymbol method) =>
        method.IsAbstract || method.IsVirtual || method.IsOverride ? _implementations.GetOrAdd(method, _ => Implementations(method)) : [method];

    private FileTouch Touch(IMethodSymbol method)
    {
        if (_touches.TryGetValue(method, out FileTouch? known))
            return known;
        FileTouch read = BodyGraphs.Operation(_compilation, method, _cancellation) is { } body ? FileTouch.Read(body, _types) : s_noTouch;
        return _touches.GetOrAdd(method, read);
    }

    private HelperSummary? Summarize(IMethodSymbol method, Func<ControlFlowGraph?> graph)
    {
        if (_summaries.TryGetValue(method, out HelperSummary? known))
            return known;
        if (method.MethodKind != MethodKind.LocalFunction && MayTouch(method) is (false, false))
            return _summaries.GetOrAdd(method, HelperSummary.Empty);
        CallChain chain = t_chain ??= new CallChain();
        int depth = chain.Depth;
        if (depth >= MostDepth)
        {
            chain.CutOffs++;
            return null;
        }

        // Without this, each level of mutually recursive methods would multiply the work by the number of calls in a method.
        ConcurrentDictionary<ISymbol, HelperSummary> sameDepth = _cutOff[depth];
        if (sameDepth.TryGetValue(method, out HelperSummary? weakened))
        {
            chain.CutOffs++;
            return weakened;
        }

        chain.Depth++;
        try
        {
            int before = chain.CutOffs;
            HelperSummary summary = graph() is { } found ? new ToctouFlow(_types, this, found, _cancellation).Summarize(method) : HelperSummary.Empty;

            // A summary that a cut-off chain has weakened is good for calls at this depth only.
            return (chain.CutOffs == before ? _summaries : sameDepth).GetOrAdd(method, summary);
        }
        finally
        {
            chain.Depth--;
        }
    }

    private ImmutableArray<IMethodSymbol> Implementations(IMethodSymbol method)
    {
        if (_sourceTypes.IsDefault)
            _sourceTypes = [.. SourceTypes(_compilation.Assembly.GlobalNamespace)];
        var found = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in _sourceTypes)
        {
            IMethodSymbol? implementation = method.ContainingType.TypeKind == TypeKind.Interface
                ? type.AllInterfaces.Any(declared => SymbolEqualityComparer.Default.Equals(declared.OriginalDefinition, method.ContainingType))
                    ? type.FindImplementationForInterfaceMember(method) as IMethodSymbol
                    : null
                : type.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(own => Overrides(own, method));
            if (implementation is { IsAbstract: false })
                found.Add(implementation.OriginalDefinition);
        }

        if (!method.IsAbstract)
            found.Add(method);
        return found.Count > MostImplementations ? [] : [.. found];
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol root)
    {
        for (IMethodSymbol? current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, root))
                return true;
        }

        return false;
    }

    private static IEnumerable<INamedTypeSymbol> SourceTypes(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is not INamespaceOrTypeSymbol nested)
                continue;
            if (nested is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
                yield return type;
            foreach (INamedTypeSymbol inner in SourceTypes(nested))
                yield return inner;
        }
    }

    private static HelperSummary InParametersOf(IMethodSymbol method, IMethodSymbol implementation, HelperSummary summary)
    {
        if (SymbolEqualityComparer.Default.Equals(method, implementation))
            return summary;
        var parameters = new Dictionary<ISymbol, PathKey>(SymbolEqualityComparer.Default);
        for (int i = 0; i < method.Parameters.Length && i < implementation.Parameters.Length; i++)
            parameters[implementation.Parameters[i]] = PathKey.Of(method.Parameters[i]);
        return new HelperSummary(
            Rename(summary.Results),
            Rename(summary.Guards),
            [.. summary.Uses
                .Select(use => (Key: use.Key.Translate(implementation, parameters, PathKey.This), use.Kind, use.Location))
                .Where(static use => use.Key is not null)
                .Select(static use => (use.Key!, use.Kind, use.Location))]);

        ImmutableArray<CheckOutcome> Rename(ImmutableArray<CheckOutcome> outcomes) =>
            [.. outcomes
                .Select(outcome => (outcome, Key: outcome.Check.Key.Translate(implementation, parameters, PathKey.This)))
                .Where(static pair => pair.Key is not null)
                .Select(static pair => pair.outcome with { Check = pair.outcome.Check with { Key = pair.Key! } })];
    }

    /// <summary>The helpers that are being summarised, one inside the other.</summary>
    private sealed class CallChain
    {
        public int Depth { get; set; }

        public int CutOffs { get; set; }
    }
}
