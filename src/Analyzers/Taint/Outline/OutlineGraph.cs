using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>The outlines of several files as one graph, with the edges that no single file knows: overrides, base classes, what objects hold.</summary>
internal sealed class OutlineGraph
{
    private readonly Dictionary<ISymbol, int>[] _nodes =
    {
        new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default),
    };

    private readonly List<(ISymbol Symbol, NodeRole Role, int Node)> _shared = new();
    private readonly List<NodeContent> _contents = new() { NodeContent.Nothing };
    private readonly List<bool> _isGlobal = new() { true };
    private readonly Dictionary<(ISymbol, ISymbol), int> _overrideCalls = new();
    private readonly List<int> _edges = new();
    private readonly OutlineTypes _outlineTypes;
    private readonly TypeIndex _types;
    private int _calls;

    /// <summary>Puts outlines together.</summary>
    public OutlineGraph(Compilation compilation, IEnumerable<FlowOutline> outlines, TypeIndex types, CancellationToken cancellationToken)
    {
        _outlineTypes = new OutlineTypes(compilation);
        _types = types;
        foreach (FlowOutline outline in outlines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(outline);
        }

        int own = _shared.Count;
        for (int i = 0; i < own; i++)
            AddOverrides(_shared[i]);
        AddContents();
    }

    /// <summary>Pieces of code with their edges in this graph.</summary>
    public List<(OutlineSegment Segment, int Start, int[] Map)> Segments { get; } = new();

    /// <summary>Sources.</summary>
    public List<(int Node, SourceKinds Kinds)> Sources { get; } = new();

    /// <summary>Sinks.</summary>
    public List<(int Node, SinkKinds Kinds, int Name)> Sinks { get; } = new();

    /// <summary>Edges, three numbers each: origin, target and call, as in <see cref="FlowOutline.Edges"/>.</summary>
    public List<int> Edges => _edges;

    /// <summary>The number of calls.</summary>
    public int Calls => _calls;

    /// <summary>The number of nodes.</summary>
    public int NodeCount => _contents.Count;

    /// <summary>Nodes with a symbol.</summary>
    public IReadOnlyList<(ISymbol Symbol, NodeRole Role, int Node)> Shared => _shared;

    /// <summary>Whether a node is none of one call of a method: a member, all objects of a class, a delegate.</summary>
    public bool IsGlobal(int node) => _isGlobal[node];

    /// <summary>What of some kinds passes a node.</summary>
    public SourceKinds Passing(SourceKinds kinds, int node) => _contents[node] switch
    {
        NodeContent.Everything => kinds,
        NodeContent.Numbers => kinds & SourceKinds.CarriedByNumbers,
        NodeContent.Indexes => kinds & ~SourceKinds.NotCarriedByIndexes,
        NodeContent.Answers => kinds & ~SourceKinds.Guessable,
        NodeContent.Objects => kinds & ~(SourceKinds.CarriedByNumbers | SourceKinds.Constants),
        _ => SourceKinds.None,
    };

    /// <summary>The node of a symbol; 0 when there is none.</summary>
    public int Find(ISymbol symbol, NodeRole role) => _nodes[(int)role].TryGetValue(symbol.OriginalDefinition, out int node) ? node : 0;

    private void Add(FlowOutline outline)
    {
        var map = new int[outline.NodeCount];
        foreach ((int local, ISymbol symbol, NodeRole role) in outline.Shared)
            map[local] = Node(symbol, role, outline.Contents[local]);
        for (int i = 1; i < map.Length; i++)
        {
            if (map[i] == 0)
                map[i] = New(outline.Contents[i], isGlobal: false);
        }

        int start = _edges.Count;
        List<int> edges = outline.Edges;
        for (int i = 0; i < edges.Count; i += 3)
        {
            int call = edges[i + 2];
            _edges.Add(map[edges[i]]);
            _edges.Add(map[edges[i + 1]]);
            _edges.Add(call > 0 ? call + _calls : call < 0 ? call - _calls : 0);
        }

        _calls += outline.Calls;
        foreach (OutlineSegment segment in outline.Segments)
            Segments.Add((segment, start, map));
        foreach ((int node, SourceKinds kinds) in outline.Sources)
            Sources.Add((map[node], kinds));
        foreach ((int node, SinkKinds kinds, int name) in outline.Sinks)
            Sinks.Add((map[node], kinds, map[name]));
    }

    private int New(NodeContent content, bool isGlobal)
    {
        _contents.Add(content);
        _isGlobal.Add(isGlobal);
        return _contents.Count - 1;
    }

    private static bool IsGlobal(ISymbol symbol, NodeRole role) => symbol switch
    {
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } => method.MethodKind == MethodKind.DelegateInvoke || (method.MethodKind == MethodKind.Constructor && Solver.IsPrimary(method)),
        IMethodSymbol method => method.MethodKind == MethodKind.DelegateInvoke,
        _ => true,
    };

    private int Node(ISymbol symbol, NodeRole role, NodeContent content)
    {
        if (!_nodes[(int)role].TryGetValue(symbol, out int node))
        {
            node = New(content, IsGlobal(symbol, role));
            _nodes[(int)role].Add(symbol, node);
            _shared.Add((symbol, role, node));
        }

        return node;
    }

    private void Connect(int from, int to, bool isBoth = false)
    {
        if (from == 0 || to == 0 || from == to)
            return;
        Add(from, to, 0);
        if (isBoth)
            Add(to, from, 0);
    }

    private void Add(int from, int to, int call)
    {
        _edges.Add(from);
        _edges.Add(to);
        _edges.Add(call);
    }

    /// <summary>The call that a base method or interface member makes of what overrides or implements it.</summary>
    private int OverrideCall(IMethodSymbol called, IMethodSymbol overriding)
    {
        if (!_overrideCalls.TryGetValue((called, overriding), out int call))
            _overrideCalls.Add((called, overriding), call = ++_calls);
        return call;
    }

    private void ConnectResult(IMethodSymbol called, IMethodSymbol overriding, bool isMutable)
    {
        int to = Find(called, NodeRole.Result);
        int from = Find(overriding, NodeRole.Result);
        if (from == 0 || to == 0 || from == to)
            return;
        int call = OverrideCall(called, overriding);
        Add(from, to, -call);
        if (isMutable)
            Add(to, from, call);
    }

    private void ConnectThis(IMethodSymbol called, IMethodSymbol overriding)
    {
        int from = Find(called, NodeRole.This);
        int to = Find(overriding, NodeRole.This);
        if (from == 0 || to == 0 || from == to)
            return;
        int call = OverrideCall(called, overriding);
        Add(from, to, call);
        Add(to, from, -call);
    }

    private void ConnectParameter(IMethodSymbol called, IMethodSymbol overriding, int ordinal, bool isBoth)
    {
        if (ordinal >= called.Parameters.Length || ordinal >= overriding.Parameters.Length)
            return;
        int from = Find(called.Parameters[ordinal], NodeRole.Value);
        int to = Find(overriding.Parameters[ordinal], NodeRole.Value);
        if (from == 0 || to == 0 || from == to)
            return;
        int call = OverrideCall(called, overriding);
        Add(from, to, call);
        if (isBoth)
            Add(to, from, -call);
    }

    /// <summary>What a call through a base class or interface means.</summary>
    private void AddOverrides((ISymbol Symbol, NodeRole Role, int Node) entry)
    {
        switch (entry.Symbol)
        {
            case IMethodSymbol { ContainingType: { } owner } method when entry.Role == NodeRole.This:
                for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                    ConnectThis(overridden.OriginalDefinition, method);
                if (owner.TypeKind == TypeKind.Interface)
                {
                    foreach (IMethodSymbol implementation in _types.Implementations(method))
                        ConnectThis(method, implementation.OriginalDefinition);
                }

                break;
            case IPropertySymbol property:
                for (IPropertySymbol? overridden = property.OverriddenProperty; overridden is not null; overridden = overridden.OverriddenProperty)
                    Connect(entry.Node, Find(overridden, NodeRole.Value), isBoth: true);
                if (property.ContainingType?.TypeKind == TypeKind.Interface && (property.GetMethod ?? property.SetMethod) is { } accessor)
                {
                    foreach (IMethodSymbol implementation in _types.Implementations(accessor))
                    {
                        if (implementation.AssociatedSymbol is { } implementing)
                            Connect(entry.Node, Find(implementing, NodeRole.Value), isBoth: true);
                    }
                }

                break;
            case IMethodSymbol method when entry.Role == NodeRole.Result:
                bool isMutable = _outlineTypes.IsMutable(method.ReturnType);
                for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                    ConnectResult(overridden.OriginalDefinition, method, isMutable);
                if (method.ContainingType?.TypeKind == TypeKind.Interface)
                {
                    foreach (IMethodSymbol implementation in _types.Implementations(method))
                        ConnectResult(method, implementation.OriginalDefinition, isMutable);
                }

                break;
            case IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter:
                AddParameterOverrides(parameter, method);
                break;
        }
    }

    private void AddParameterOverrides(IParameterSymbol parameter, IMethodSymbol method)
    {
        bool isBoth = parameter.RefKind is RefKind.Ref or RefKind.Out || _outlineTypes.IsMutable(parameter.Type);
        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            ConnectParameter(overridden.OriginalDefinition, method, parameter.Ordinal, isBoth);
        if (method.ContainingType?.TypeKind != TypeKind.Interface)
            return;
        foreach (IMethodSymbol implementation in _types.Implementations(method))
            ConnectParameter(method, implementation.OriginalDefinition, parameter.Ordinal, isBoth);
    }

    /// <summary>Objects hold what their members hold, and what objects in their members hold.</summary>
    private void AddContents()
    {
        for (int i = 0; i < _shared.Count; i++)
        {
            (ISymbol symbol, NodeRole role, int node) = _shared[i];
            if (role != NodeRole.Content || symbol is not INamedTypeSymbol { TypeKind: not TypeKind.Delegate } type)
                continue;
            for (INamedTypeSymbol? current = type; current is not null && _outlineTypes.IsOurs(current); current = current.BaseType)
            {
                foreach (ISymbol member in current.OriginalDefinition.GetMembers())
                    AddMember(member, node);
            }

            foreach (INamedTypeSymbol derived in _types.Concrete(type))
                Connect(Node(derived.OriginalDefinition, NodeRole.Content, NodeContent.Everything), node);
        }
    }

    private void AddMember(ISymbol member, int content)
    {
        ITypeSymbol? type = member switch
        {
            IFieldSymbol { AssociatedSymbol: null, IsStatic: false } field => field.Type,
            IPropertySymbol { IsStatic: false } property => property.Type,
            _ => null,
        };
        if (member is IMethodSymbol method)
        {
            Connect(Find(method, NodeRole.This), content);
            if (method.MethodKind != MethodKind.Constructor)
                return;
            foreach (IParameterSymbol parameter in method.Parameters)
                Connect(Find(parameter, NodeRole.Value), content);
            return;
        }

        if (type is null)
            return;
        Connect(Find(member, NodeRole.Value), content);
        foreach (INamedTypeSymbol inner in _outlineTypes.Contents(type))
            Connect(Node(inner, NodeRole.Content, NodeContent.Everything), content);
    }
}
