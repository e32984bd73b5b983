using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>
/// Chooses the bodies that are interpreted: those on a path of the outline; those through which the objects go whose members are on one;
/// and, where one of these calls them, checks of what is on a path and code too small to be worth a thought.
/// </summary>
internal sealed class NeededBodies
{
    /// <summary>Up to this many operations a body without calls into the analysed code is interpreted wherever it is called.</summary>
    private const int SmallBody = 40;

    private readonly OutlineGraph _graph;
    private readonly ReachAnalysis _reach;
    private readonly ProgramIndex _program;
    private readonly TypeIndex _types;
    private readonly HashSet<Body> _throwing = new();
    private readonly bool[] _touched = Array.Empty<bool>();

    /// <summary>Chooses.</summary>
    public NeededBodies(TaintModel model, ProgramIndex program, IEnumerable<FlowOutline> outlines, TypeIndex types, CancellationToken cancellationToken)
    {
        _program = program;
        _types = types;
        _graph = new OutlineGraph(model.Compilation, outlines, types, cancellationToken);
        _reach = new ReachAnalysis(model, _graph, cancellationToken);
        if (!_reach.HasFlows)
            return;
        AddOnPath();
        AddObjects();
        _touched = _reach.Touched();
        AddCalled();
    }

    /// <summary>Bodies that are interpreted in any case.</summary>
    public HashSet<Body> Needed { get; } = new();

    /// <summary>Bodies that are interpreted when a needed one calls them.</summary>
    public HashSet<Body> OnCall { get; } = new();

    /// <summary>Whether what a variable or member holds when a body begins may matter to what rules look for.</summary>
    /// <param name="symbol">The parameter, field or property.</param>
    /// <param name="role">What of it.</param>
    /// <param name="isCheck">Whether the body only checks values: then it matters where they get to.</param>
    public bool Carries(ISymbol symbol, NodeRole role, bool isCheck) =>
        _graph.Find(symbol, role) is var node and not 0 && (isCheck ? _touched[node] : _reach.IsOnPath(node));

    private void AddOnPath()
    {
        foreach ((OutlineSegment segment, int start, int[] map) in _graph.Segments)
        {
            if (IsOnPath(segment, start, map))
                Need(segment);
        }
    }

    private bool IsOnPath(OutlineSegment segment, int start, int[] map)
    {
        List<int> edges = _graph.Edges;
        for (int i = start + segment.Start; i < start + segment.End; i += 3)
        {
            if (_reach.IsOnPath(edges[i], edges[i + 1], edges[i + 2]))
                return true;
        }

        foreach (int written in segment.Written)
        {
            if (_reach.IsOnPath(map[written]))
                return true;
        }

        return false;
    }

    private void Need(OutlineSegment segment)
    {
        switch (segment.Owner)
        {
            case IMethodSymbol method:
                if (_program.Find(method) is { } body)
                    Needed.Add(body);
                break;
            case { ContainingType: { } type } member:
                foreach (IMethodSymbol constructor in member.IsStatic ? type.StaticConstructors : type.InstanceConstructors)
                {
                    if (_program.Find(constructor) is { } initializing)
                        Needed.Add(initializing);
                }

                break;
        }
    }

    /// <summary>Whoever hands on objects decides which object a member belongs to and which method a call reaches.</summary>
    private void AddObjects()
    {
        HashSet<INamedTypeSymbol> types = TypesOnPath();
        if (types.Count == 0)
            return;
        var more = new List<OutlineSegment>();
        foreach ((OutlineSegment segment, int _, int[] _) in _graph.Segments)
        {
            if (segment.Handled.Overlaps(types))
                more.Add(segment);
        }

        foreach (OutlineSegment segment in more)
            Need(segment);
    }

    private HashSet<INamedTypeSymbol> TypesOnPath()
    {
        var types = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach ((ISymbol symbol, NodeRole role, int node) in _graph.Shared)
        {
            if (!_reach.IsOnPath(node))
                continue;
            if (symbol is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } && symbol.ContainingType is { } owner)
                types.Add(owner.OriginalDefinition);
            else if (symbol is IMethodSymbol { ContainingType: { } type } && role == NodeRole.This)
                types.Add(type);
            else if (symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } && Solver.IsPrimary(constructor))
                types.Add(constructor.ContainingType);
            else if ((symbol as IMethodSymbol ?? symbol.ContainingSymbol as IMethodSymbol) is { MethodKind: MethodKind.DelegateInvoke } invoke)
                types.Add(invoke.ContainingType);
        }

        foreach (Body body in Needed)
        {
            if (TypeIndex.IsDispatched(body.Method) || ImplementsInterface(body.Method))
                types.Add(body.Method.ContainingType);
        }

        foreach ((OutlineSegment segment, int _, int[] _) in _graph.Segments)
        {
            if (segment.Delegates.Count > 0 && segment.Owner is IMethodSymbol method && _program.Find(method) is { } body && Needed.Contains(body))
                types.UnionWith(segment.Delegates);
        }

        AddContainers(types);
        foreach (INamedTypeSymbol type in new List<INamedTypeSymbol>(types))
        {
            for (INamedTypeSymbol? current = type.BaseType; current is not null && current.Locations.Length > 0 && current.Locations[0].IsInSource; current = current.BaseType)
                types.Add(current.OriginalDefinition);
            foreach (INamedTypeSymbol implemented in type.AllInterfaces)
            {
                if (implemented.Locations.Length > 0 && implemented.Locations[0].IsInSource)
                    types.Add(implemented.OriginalDefinition);
            }
        }

        return types;
    }

    /// <summary>Objects that hold such objects belong to the path as well: who makes or hands on them decides which object is meant.</summary>
    private void AddContainers(HashSet<INamedTypeSymbol> types)
    {
        var pending = new Stack<INamedTypeSymbol>(types);
        while (pending.Count > 0)
        {
            foreach (INamedTypeSymbol holder in _types.Holders(pending.Pop()))
            {
                if (types.Add(holder))
                    pending.Push(holder);
            }
        }
    }

    private static bool ImplementsInterface(IMethodSymbol method)
    {
        if (!method.ExplicitInterfaceImplementations.IsEmpty)
            return true;
        foreach (INamedTypeSymbol implemented in method.ContainingType.AllInterfaces)
        {
            if (!implemented.GetMembers(method.Name).IsEmpty)
                return true;
        }

        return false;
    }

    private void AddCalled()
    {
        FindThrowing();
        foreach ((OutlineSegment segment, int _, int[] _) in _graph.Segments)
        {
            if (segment.Owner is not IMethodSymbol method || _program.Find(method) is not { } body || Needed.Contains(body))
                continue;
            if (segment.IsOpaque || IsSmall(segment, body) || (IsCheck(body) && IsTouched(method)))
                OnCall.Add(body);
        }
    }

    private bool IsSmall(OutlineSegment segment, Body body)
    {
        if (segment.Operations > SmallBody)
            return false;
        foreach (Body callee in CallGraph.Callees(body, _program, _types))
        {
            if (!ReferenceEquals(callee, body))
                return false;
        }

        return true;
    }

    /// <summary>What it returns, or that it returns, tells something about its arguments.</summary>
    private bool IsCheck(Body body) => ValueTypes.IsNumber(ValueTypes.Unwrap(body.Method.ReturnType)) || _throwing.Contains(body);

    private bool IsTouched(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (_graph.Find(parameter, NodeRole.Value) is var node and not 0 && _touched[node])
                return true;
        }

        return !method.IsStatic && _graph.Find(method, NodeRole.This) is var owner and not 0 && _touched[owner];
    }

    private void FindThrowing()
    {
        var callers = new Dictionary<Body, List<Body>>();
        foreach (Body body in _program.OrderedBodies)
        {
            foreach (Body callee in CallGraph.Callees(body, _program, _types))
            {
                if (!callers.TryGetValue(callee, out List<Body>? list))
                    callers.Add(callee, list = new List<Body>());
                list.Add(body);
            }
        }

        var pending = new Stack<Body>();
        foreach ((OutlineSegment segment, int _, int[] _) in _graph.Segments)
        {
            if (segment.Throws && segment.Owner is IMethodSymbol method && _program.Find(method) is { } body && _throwing.Add(body))
                pending.Push(body);
        }

        while (pending.Count > 0)
        {
            if (!callers.TryGetValue(pending.Pop(), out List<Body>? list))
                continue;
            foreach (Body caller in list)
            {
                if (_throwing.Add(caller))
                    pending.Push(caller);
            }
        }
    }
}
