using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>The library resolved against one compilation: only rows whose types exist and whose kinds some enabled rule wants. Thread-safe.</summary>
internal sealed class TaintModel
{
    private readonly Dictionary<INamedTypeSymbol, List<ModelRow>> _rowsByType = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ISymbol, MemberModel?> _members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, SinkKinds> _matchedSinks = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, SourceKinds> _matchedSources = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<string, SinkKinds> _prefixes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ISymbol, SourceKinds> _ended = new(SymbolEqualityComparer.Default);
    private readonly ImmutableArray<ISinkMatcher> _sinkMatchers;
    private readonly ImmutableArray<ISourceMatcher> _sourceMatchers;
    private readonly Dictionary<OperationKind, List<ISourceMatcher>> _operationMatchers = new();
    private readonly ImmutableArray<PrefixSanitizer> _prefixRows;

    /// <summary>Resolves a library.</summary>
    public TaintModel(Compilation compilation, TaintLibrary library, ImmutableArray<ModelRow> userRows, ImmutableArray<TaintRule> rules, ThreatModels threatModels)
    {
        Compilation = compilation;
        Rules = rules;
        ThreatModels = threatModels;
        foreach (TaintRule rule in rules)
        {
            ActiveSources |= EffectiveSources(rule) | rule.Excludes;
            ActiveSinks |= rule.Sinks;
            if (rule.Excludes != SourceKinds.None)
                ExcludingSinks |= rule.Sinks;
        }

        KnownTypes types = KnownTypes.For(compilation);
        foreach (ModelRow row in library.Rows.Concat(userRows))
        {
            if (!IsActive(row) || types.Find(row.TypeName) is not { } type)
                continue;
            type = type.OriginalDefinition;
            if (!_rowsByType.TryGetValue(type, out List<ModelRow>? rows))
                _rowsByType.Add(type, rows = new List<ModelRow>());
            rows.Add(row);
            _names.Add(row.MemberName);
            if (row is Sink sink)
                KnownSinks |= sink.Kinds;
            if (row is Source source)
                KnownSources |= source.Kinds;
        }

        _sinkMatchers = Make(library.SinkMatchers, compilation).RemoveAll(matcher => (matcher.Kinds & ActiveSinks) == 0);
        _sourceMatchers = Make(library.SourceMatchers, compilation).RemoveAll(matcher => (matcher.Kinds & ActiveSources) == 0);
        GuardMatchers = Make(library.GuardMatchers, compilation);
        _prefixRows = library.Prefixes;
        foreach (ISinkMatcher matcher in _sinkMatchers)
            KnownSinks |= matcher.Kinds;
        foreach (ISourceMatcher matcher in _sourceMatchers)
        {
            KnownSources |= matcher.Kinds;
            foreach (OperationKind kind in matcher.Operations)
            {
                if (!_operationMatchers.TryGetValue(kind, out List<ISourceMatcher>? list))
                    _operationMatchers.Add(kind, list = new List<ISourceMatcher>());
                list.Add(matcher);
            }
        }

        KnownSinks &= ActiveSinks;
        KnownSources &= ActiveSources;
    }

    /// <summary>The compilation.</summary>
    public Compilation Compilation { get; }

    /// <summary>The enabled rules.</summary>
    public ImmutableArray<TaintRule> Rules { get; }

    /// <summary>Whom the code does not trust.</summary>
    public ThreatModels ThreatModels { get; }

    /// <summary>Every kind that an enabled rule wants in these threat models.</summary>
    public SourceKinds ActiveSources { get; }

    /// <summary>Every kind that an enabled rule wants.</summary>
    public SinkKinds ActiveSinks { get; }

    /// <summary>Kinds of sources that the compilation's references can give.</summary>
    public SourceKinds KnownSources { get; }

    /// <summary>Kinds of sinks that the compilation's references have.</summary>
    public SinkKinds KnownSinks { get; }

    /// <summary>Sinks of rules that ask for other facts about a value there.</summary>
    public SinkKinds ExcludingSinks { get; }

    /// <summary>Checks that rows cannot name.</summary>
    public ImmutableArray<IGuardMatcher> GuardMatchers { get; }

    /// <summary>The origins that count for a rule in the chosen threat models.</summary>
    public SourceKinds EffectiveSources(TaintRule rule)
    {
        if (rule.IgnoresThreatModels)
            return rule.Sources;
        SourceKinds trusted = SourceKinds.None;
        if ((ThreatModels & ThreatModels.Remote) == 0)
            trusted |= SourceKinds.Remote;
        if ((ThreatModels & ThreatModels.Local) == 0)
            trusted |= SourceKinds.Local | SourceKinds.LocalNumber;
        if ((ThreatModels & ThreatModels.Stored) == 0)
            trusted |= SourceKinds.Stored;
        return rule.Sources & ~trusted;
    }

    /// <summary>The rows about a member; null when there are none, which is the common case and fast.</summary>
    public MemberModel? Member(ISymbol member)
    {
        if (!_names.Contains(RowName(member)) && !_names.Contains(ModelRow.AnyMember))
            return null;
        ISymbol definition = member is IMethodSymbol { ReducedFrom: { } reduced } ? reduced.OriginalDefinition : member.OriginalDefinition;
        return _members.TryGetValue(definition, out MemberModel? known) ? known : _members.GetOrAdd(definition, Build(definition));
    }

    /// <summary>The sink kinds that a variable, parameter, member has by its declaration.</summary>
    public SinkKinds MatchSink(ISymbol target)
    {
        // Parameters of function pointers and of broken code have an empty name; the local that a lock statement makes has none (null).
        if (_sinkMatchers.IsEmpty || string.IsNullOrEmpty(target.Name))
            return SinkKinds.None;
        ISymbol definition = target.OriginalDefinition;
        if (_matchedSinks.TryGetValue(definition, out SinkKinds known))
            return known;
        foreach (ISinkMatcher matcher in _sinkMatchers)
            known |= matcher.MatchSymbol(definition) & matcher.Kinds;
        known &= ActiveSinks;
        return _matchedSinks.GetOrAdd(definition, known);
    }

    /// <summary>The kinds that are left of <see cref="MatchSink"/> at one use.</summary>
    public SinkKinds NarrowSink(ISymbol target, SinkSite site)
    {
        SinkKinds result = SinkKinds.None;
        foreach (ISinkMatcher matcher in _sinkMatchers)
        {
            SinkKinds kinds = matcher.MatchSymbol(target.OriginalDefinition) & matcher.Kinds & ActiveSinks;
            if (kinds != SinkKinds.None)
                result |= matcher.Narrow(kinds, site);
        }

        return result & ActiveSinks;
    }

    /// <summary>The source kinds that a parameter or member has by its declaration.</summary>
    public SourceKinds MatchSource(ISymbol symbol)
    {
        if (_sourceMatchers.IsEmpty || string.IsNullOrEmpty(symbol.Name))
            return SourceKinds.None;
        ISymbol definition = symbol.OriginalDefinition;
        if (_matchedSources.TryGetValue(definition, out SourceKinds known))
            return known;
        foreach (ISourceMatcher matcher in _sourceMatchers)
            known |= matcher.MatchSymbol(definition) & matcher.Kinds;
        known &= ActiveSources;
        return _matchedSources.GetOrAdd(definition, known);
    }

    /// <summary>The source kinds that an expression has by its shape.</summary>
    public SourceKinds MatchSource(IOperation operation)
    {
        if (_operationMatchers.Count == 0 || !_operationMatchers.TryGetValue(operation.Kind, out List<ISourceMatcher>? matchers))
            return SourceKinds.None;
        SourceKinds kinds = SourceKinds.None;
        foreach (ISourceMatcher matcher in matchers)
            kinds |= matcher.MatchOperation(operation) & matcher.Kinds;
        return kinds & ActiveSources;
    }

    /// <summary>The kinds that do not survive a library member without rows: what merely takes a value gives no form of the value back.</summary>
    public SourceKinds EndedBy(ISymbol member)
    {
        ISymbol definition = member.OriginalDefinition;
        return _ended.TryGetValue(definition, out SourceKinds known)
            ? known
            : _ended.GetOrAdd(definition, ValueTransforms.IsTransform(definition) ? SourceKinds.None : SourceKinds.Guessable);
    }

    /// <summary>What messages call a source that a matcher found.</summary>
    public string? Describe(ISymbol? symbol, IOperation? operation)
    {
        foreach (ISourceMatcher matcher in _sourceMatchers)
        {
            bool matches = symbol is not null ? matcher.MatchSymbol(symbol.OriginalDefinition) != 0 : operation is not null && matcher.Operations.Contains(operation.Kind) && matcher.MatchOperation(operation) != 0;
            if (matches && matcher.Describe(symbol, operation) is { } text)
                return text;
        }

        return null;
    }

    /// <summary>The sinks for which text after a known beginning is harmless.</summary>
    public SinkKinds ClearedBy(string prefix)
    {
        if (prefix.Length == 0 || _prefixRows.IsEmpty)
            return SinkKinds.None;
        if (_prefixes.TryGetValue(prefix, out SinkKinds known))
            return known;
        foreach (PrefixSanitizer row in _prefixRows)
        {
            if (row.Fixes(prefix))
                known |= row.Clears;
        }

        return _prefixes.GetOrAdd(prefix, known);
    }

    private static ImmutableArray<T> Make<T>(ImmutableArray<Func<Compilation, T?>> makers, Compilation compilation)
        where T : class
    {
        var made = ImmutableArray.CreateBuilder<T>();
        foreach (Func<Compilation, T?> maker in makers)
        {
            if (maker(compilation) is { } matcher)
                made.Add(matcher);
        }

        return made.ToImmutable();
    }

    private static string RowName(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => ModelRow.Constructor,
        IPropertySymbol { IsIndexer: true } => ModelRow.Indexer,
        IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation } method => method.Name.Substring(method.Name.LastIndexOf('.') + 1),
        IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet, AssociatedSymbol: { } property } => RowName(property),
        _ => member.Name,
    };

    private bool IsActive(ModelRow row) => row switch
    {
        Source source => (source.Kinds & ActiveSources) != 0,
        Sink sink => (sink.Kinds & ActiveSinks) != 0,
        _ => true,
    };

    private MemberModel? Build(ISymbol member)
    {
        MemberModel? model = null;
        if (member.ContainingType is not { } containing)
            return null;
        string name = RowName(member);
        bool isExact = true;
        for (INamedTypeSymbol? type = containing; type is not null; type = type.BaseType, isExact = false)
            Add(type, isExact);
        foreach (INamedTypeSymbol implemented in containing.AllInterfaces)
            Add(implemented, false);
        return model;

        void Add(INamedTypeSymbol type, bool exact)
        {
            if (!_rowsByType.TryGetValue(type.OriginalDefinition, out List<ModelRow>? rows))
                return;
            foreach (ModelRow row in rows)
            {
                if ((row.MemberName == name || row.MemberName == ModelRow.AnyMember) && (exact || row.IncludeImplementations) && row.Filter?.Invoke(member) != false)
                    MemberModelBuilder.Add(ref model, row, member, exact, this);
            }
        }
    }
}
