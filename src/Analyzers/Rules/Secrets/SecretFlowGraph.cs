using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// Which variable, member and parameter of the compilation gets its value from which, as far as text, bytes and characters go; and
/// which literals they are given. Order and conditions play no part: a literal is a secret on every path that it takes.
/// </summary>
internal sealed class SecretFlowGraph
{
    private const int MostSteps = 12;

    private readonly ConcurrentDictionary<ISymbol, Link<LiteralSite>> _literals = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, Link<ISymbol>> _sources = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<(ISymbol Symbol, Location Place)> _sinks = [];

    /// <summary>A symbol is given a literal.</summary>
    public void AddLiteral(ISymbol target, in LiteralSite site)
    {
        Add(_literals, target.OriginalDefinition, site);
        if (!IsDeclaredElsewhere(target))
            return;
        foreach (ISymbol alias in Declarations(target.OriginalDefinition))
            Add(_literals, alias, site);
    }

    /// <summary>A symbol is given the value of another one.</summary>
    public void AddFlow(ISymbol source, ISymbol target)
    {
        Add(_sources, target.OriginalDefinition, source.OriginalDefinition);
        if (IsDeclaredElsewhere(target))
        {
            foreach (ISymbol alias in Declarations(target.OriginalDefinition))
                Add(_sources, alias, source.OriginalDefinition);
        }
    }

    /// <summary>A symbol's value goes into a credential.</summary>
    public void AddSink(ISymbol source, Location place) => _sinks.Add((source.OriginalDefinition, place));

    /// <summary>Every literal that reaches a credential through at least one symbol, with the place where it does; in source order.</summary>
    public IEnumerable<(LiteralSite Site, Location Sink)> Find()
    {
        var found = new Dictionary<(SyntaxTree, TextSpan), (LiteralSite Site, Location Sink)>();
        foreach ((ISymbol symbol, Location place) in _sinks)
        {
            foreach (LiteralSite site in LiteralsBehind(symbol))
            {
                (SyntaxTree, TextSpan) key = (site.Syntax.SyntaxTree, site.Syntax.Span);
                if (!found.TryGetValue(key, out (LiteralSite Site, Location Sink) known) || Compare(place, known.Sink) < 0)
                    found[key] = (site, place);
            }
        }

        var ordered = new List<(LiteralSite Site, Location Sink)>(found.Values);
        ordered.Sort(static (left, right) => Compare(left.Site.Syntax.GetLocation(), right.Site.Syntax.GetLocation()));
        return ordered;
    }

    private List<LiteralSite> LiteralsBehind(ISymbol sink)
    {
        var literals = new List<LiteralSite>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { sink };
        var level = new List<ISymbol> { sink };
        for (int step = 0; step < MostSteps && level.Count > 0; step++)
        {
            var next = new List<ISymbol>();
            foreach (ISymbol symbol in level)
            {
                _literals.TryGetValue(symbol, out Link<LiteralSite>? site);
                for (; site is not null; site = site.Next)
                    literals.Add(site.Value);
                _sources.TryGetValue(symbol, out Link<ISymbol>? source);
                for (; source is not null; source = source.Next)
                    AddNew(source.Value, seen, next);
                AddNew(PositionalParameter(symbol), seen, next);
                // A call through the interface or base class hands its arguments to this parameter, too.
                if (symbol is IParameterSymbol)
                    AddNew(Declarations(symbol), seen, next);
            }

            level = next;
        }

        return literals;
    }

    // What an override or implementation returns, a caller of the base or interface gets.
    private static bool IsDeclaredElsewhere(ISymbol target) =>
        target is IMethodSymbol or IPropertySymbol && !target.IsStatic && (target.IsOverride || target.ContainingType is { AllInterfaces.IsEmpty: false });

    private static void Add<T>(ConcurrentDictionary<ISymbol, Link<T>> links, ISymbol symbol, T value)
    {
        Link<T>? known;
        do
        {
            if (links.TryGetValue(symbol, out known))
                continue;
            if (links.TryAdd(symbol, new Link<T>(value, null)))
                return;
        }
        while (known is null || !links.TryUpdate(symbol, new Link<T>(value, known), known));
    }

    private static void AddNew(IEnumerable<ISymbol> symbols, HashSet<ISymbol> seen, List<ISymbol> next)
    {
        foreach (ISymbol symbol in symbols)
            AddNew(symbol, seen, next);
    }

    private static void AddNew(ISymbol symbol, HashSet<ISymbol> seen, List<ISymbol> next)
    {
        if (seen.Add(symbol))
            next.Add(symbol);
    }

    // The property of a positional record gets the value of the parameter that declares it.
    private static IEnumerable<ISymbol> PositionalParameter(ISymbol symbol)
    {
        if (symbol is not IPropertySymbol { ContainingType.IsRecord: true, DeclaringSyntaxReferences: [var reference] } property || reference.GetSyntax() is not ParameterSyntax)
            yield break;
        foreach (IMethodSymbol constructor in property.ContainingType.InstanceConstructors)
        {
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                if (parameter.Name == property.Name)
                    yield return parameter;
            }
        }
    }

    /// <summary>The same member, or the same parameter of it, in base classes and interfaces.</summary>
    private static IEnumerable<ISymbol> Declarations(ISymbol symbol)
    {
        ISymbol? member = symbol is IParameterSymbol { ContainingSymbol: { } container } ? container : symbol;
        if (member is not (IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } or IPropertySymbol) || member.IsStatic)
            yield break;
        ISymbol? overridden = member switch
        {
            IMethodSymbol method => method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
        if (overridden is not null && Same(symbol, overridden.OriginalDefinition) is { } basePlace)
            yield return basePlace;
        foreach (INamedTypeSymbol type in member.ContainingType.AllInterfaces)
        {
            foreach (ISymbol declared in type.GetMembers())
            {
                if (declared.Kind == member.Kind && member.Name.EndsWith(declared.Name, System.StringComparison.Ordinal) && SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(declared), member)
                    && Same(symbol, declared.OriginalDefinition) is { } place)
                    yield return place;
            }
        }
    }

    private static ISymbol? Same(ISymbol symbol, ISymbol member) =>
        symbol is not IParameterSymbol parameter ? member
        : member is IMethodSymbol method && parameter.Ordinal < method.Parameters.Length ? method.Parameters[parameter.Ordinal]
        : null;

    private static int Compare(Location left, Location right)
    {
        int byFile = string.CompareOrdinal(left.SourceTree?.FilePath, right.SourceTree?.FilePath);
        return byFile != 0 ? byFile : left.SourceSpan.CompareTo(right.SourceSpan);
    }

    // Most symbols have one or two: a list that grows at its head costs one small object each, and no lock.
    private sealed class Link<T>(T value, Link<T>? next)
    {
        public T Value { get; } = value;

        public Link<T>? Next { get; } = next;
    }
}
