using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>
/// The flows of one file without order, branches, objects or call contexts: everything that the interpretation can find goes along these
/// edges, so that code on no path from a source to a sink need not be interpreted. Node 0 is "nothing of interest".
/// </summary>
internal sealed class FlowOutline
{
    private readonly Dictionary<ISymbol, int>[] _nodes =
    {
        new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default),
    };

    /// <summary>
    /// Edges, three numbers each: origin, target, and 0; or the number of the call that the edge enters with, or the negative number of the
    /// call that it returns to.
    /// </summary>
    public List<int> Edges { get; } = new();

    /// <summary>The number of calls of analysed code.</summary>
    public int Calls { get; private set; }

    /// <summary>By node: what passes.</summary>
    public List<NodeContent> Contents { get; } = new() { NodeContent.Nothing };

    /// <summary>Nodes that other files may mean too.</summary>
    public List<(int Node, ISymbol Symbol, NodeRole Role)> Shared { get; } = new();

    /// <summary>Nodes that are sources.</summary>
    public List<(int Node, SourceKinds Kinds)> Sources { get; } = new();

    /// <summary>Nodes that are sinks; with a name they are so only where the name's node gets the name of a secret.</summary>
    public List<(int Node, SinkKinds Kinds, int Name)> Sinks { get; } = new();

    /// <summary>Pieces of code in source order.</summary>
    public List<OutlineSegment> Segments { get; } = new();

    /// <summary>The number of nodes.</summary>
    public int NodeCount => Contents.Count;

    /// <summary>The node of a symbol (its definition).</summary>
    public int Node(ISymbol symbol, NodeRole role, NodeContent content)
    {
        Dictionary<ISymbol, int> nodes = _nodes[(int)role];
        if (nodes.TryGetValue(symbol, out int node))
            return node;
        node = Temporary(content);
        nodes.Add(symbol, node);
        if (IsShared(symbol))
            Shared.Add((node, symbol, role));
        return node;
    }

    /// <summary>A node for a value in between.</summary>
    public int Temporary(NodeContent content)
    {
        Contents.Add(content);
        return Contents.Count - 1;
    }

    /// <summary>Numbers one more call; what enters a method with it can only return to it.</summary>
    public int NewCall() => ++Calls;

    /// <summary>Adds an edge.</summary>
    public void Connect(int from, int to) => Add(from, to, 0);

    /// <summary>Adds an edge from a call into what is called.</summary>
    public void Enter(int from, int to, int call) => Add(from, to, call);

    /// <summary>Adds an edge from what is called back to the call.</summary>
    public void Leave(int from, int to, int call) => Add(from, to, -call);

    private void Add(int from, int to, int call)
    {
        if (from == 0 || to == 0 || from == to)
            return;
        Edges.Add(from);
        Edges.Add(to);
        Edges.Add(call);
    }

    private static bool IsShared(ISymbol symbol) => symbol switch
    {
        ILocalSymbol or IRangeVariableSymbol => false,
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } } => false,
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } => false,
        _ => true,
    };
}
