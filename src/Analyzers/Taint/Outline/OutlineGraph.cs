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
    private readonly List<int> _edges = new();
    private readonly OutlineTypes _outlineTypes;
    private readonly TypeIndex _types;

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
    public List<(int Node, SinkKinds Kinds)> Sinks { get; } = new();

    /// <summary>Edges, two numbers each.</summary>
    public List<int> Edges => _edges;

    /// <summary>The number of nodes.</summary>
    public int NodeCount => _contents.Count;

    /// <summary>Nodes with a symbol.</summary>
    public IReadOnlyList<(ISymbol Symbol, NodeRole Role, int Node)> Shared => _shared;

    /// <summary>What of some kinds passes a node.</summary>
    public SourceKinds Passing(SourceKinds kinds, int node) => _contents[node] switch
    {
        NodeContent.Everything => kinds,
        NodeContent.Numbers => kinds & SourceKinds.CarriedByNumbers,
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
                map[i] = New(outline.Contents[i]);
        }

        int start = _edges.Count;
        foreach (int end in outline.Edges)
            _edges.Add(map[end]);
        foreach (OutlineSegment segment in outline.Segments)
            Segments.Add((segment, start, map));
        foreach ((int node, SourceKinds kinds) in outline.Sources)
            Sources.Add((map[node], kinds));
        foreach ((int node, SinkKinds kinds) in outline.Sinks)
            Sinks.Add((map[node], kinds));
    }

    private int New(NodeContent content)
    {
        _contents.Add(content);
        return _contents.Count - 1;
    }

    private int Node(ISymbol symbol, NodeRole role, NodeContent content)
    {
        if (!_nodes[(int)role].TryGetValue(symbol, out int node))
        {
            node = New(content);
            _nodes[(int)role].Add(symbol, node);
            _shared.Add((symbol, role, node));
        }

        return node;
    }

    private void Connect(int from, int to, bool isBoth = false)
    {
        if (from == 0 || to == 0 || from == to)
            return;
        _edges.Add(from);
        _edges.Add(to);
        if (isBoth)
        {
            _edges.Add(to);
            _edges.Add(from);
        }
    }

    /// <summary>What a call through a base class or interface means.</summary>
    private void AddOverrides((ISymbol Symbol, NodeRole Role, int Node) entry)
    {
        switch (entry.Symbol)
        {
            case INamedTypeSymbol type when entry.Role == NodeRole.This:
                for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
                    Connect(entry.Node, Find(current, NodeRole.This), isBoth: true);
                if (type.TypeKind == TypeKind.Interface)
                {
                    foreach (INamedTypeSymbol implementing in _types.Concrete(type))
                        Connect(entry.Node, Find(implementing, NodeRole.This), isBoth: true);
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
                    Connect(entry.Node, Find(overridden, NodeRole.Result), isMutable);
                if (method.ContainingType?.TypeKind == TypeKind.Interface)
                {
                    foreach (IMethodSymbol implementation in _types.Implementations(method))
                        Connect(Find(implementation, NodeRole.Result), entry.Node, isMutable);
                }

                break;
            case IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter:
                AddParameterOverrides(parameter, method, entry.Node);
                break;
        }
    }

    private void AddParameterOverrides(IParameterSymbol parameter, IMethodSymbol method, int node)
    {
        bool isBoth = parameter.RefKind is RefKind.Ref or RefKind.Out || _outlineTypes.IsMutable(parameter.Type);
        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            Connect(Find(overridden.OriginalDefinition.Parameters[parameter.Ordinal], NodeRole.Value), node, isBoth);
        if (method.ContainingType?.TypeKind != TypeKind.Interface)
            return;
        foreach (IMethodSymbol implementation in _types.Implementations(method))
        {
            if (parameter.Ordinal < implementation.Parameters.Length)
                Connect(node, Find(implementation.Parameters[parameter.Ordinal], NodeRole.Value), isBoth);
        }
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
            Connect(Find(type, NodeRole.This), node);
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
        if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            foreach (IParameterSymbol parameter in constructor.Parameters)
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
