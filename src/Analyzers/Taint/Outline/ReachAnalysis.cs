using System.Collections.Generic;
using System.Threading;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>
/// Which code lies on a path of the outline from a source to a sink that some rule wants: sources forward, then from the sinks that they
/// reach backward. What enters a method with one call does not leave it to another one; at members and delegates, which belong to no call,
/// that is forgotten.
/// </summary>
internal sealed class ReachAnalysis
{
    private readonly TaintModel _model;
    private readonly OutlineGraph _graph;
    private readonly OutlineEdges _forward;
    private readonly OutlineEdges _backward;
    private readonly CalleePaths _callees;
    private readonly Queue<int> _pending = new();
    private readonly bool[] _isPending;

    // What came in without an open call, and with one.
    private readonly SourceKinds[] _free;
    private readonly SourceKinds[] _called;

    // Which sinks are reached without leaving the method to a caller, and by leaving it.
    private readonly SinkKinds[] _inside;
    private readonly SinkKinds[] _outside;
    private readonly bool[] _isThrough;
    private readonly Dictionary<(SourceKinds, SinkKinds), bool> _pairs = new();

    /// <summary>Runs both passes.</summary>
    public ReachAnalysis(TaintModel model, OutlineGraph graph, CancellationToken cancellationToken)
    {
        _model = model;
        _graph = graph;
        _forward = new OutlineEdges(graph.Edges, graph.NodeCount, forward: true);
        _backward = new OutlineEdges(graph.Edges, graph.NodeCount, forward: false);
        _callees = new CalleePaths(graph, _forward, _backward, Enqueue);
        _isPending = new bool[graph.NodeCount];
        _free = new SourceKinds[graph.NodeCount];
        _called = new SourceKinds[graph.NodeCount];
        _inside = new SinkKinds[graph.NodeCount];
        _outside = new SinkKinds[graph.NodeCount];
        _isThrough = new bool[graph.NodeCount];
        Forward(cancellationToken);
        if (!MarkHotSinks())
            return;
        HasFlows = true;
        Backward(cancellationToken);
        MarkThrough(cancellationToken);
    }

    /// <summary>Whether any source reaches a sink.</summary>
    public bool HasFlows { get; }

    /// <summary>Whether a node lies on a path.</summary>
    public bool IsOnPath(int node) => _isThrough[node] || IsPair(_free[node], _inside[node] | _outside[node]) || IsPair(_called[node], _inside[node]);

    /// <summary>Whether an edge lies on a path.</summary>
    /// <param name="from">Its origin.</param>
    /// <param name="to">Its target.</param>
    /// <param name="call">Its call.</param>
    public bool IsOnPath(int from, int to, int call)
    {
        SinkKinds inside = _inside[to];
        SinkKinds any = inside | _outside[to];
        if (call == 0)
            return IsPlainOnPath(from, to, ~SourceKinds.None) || (_isThrough[from] && _isThrough[to]);
        bool isOnPath = call > 0
            ? IsPair(_graph.Passing(_free[from] | _called[from], to), inside)
            : IsPair(_graph.Passing(_free[from], to), any);
        return isOnPath || (_isThrough[from] && _isThrough[to]);
    }

    /// <summary>Everything that values on paths may get to, by node.</summary>
    public bool[] Touched()
    {
        var touched = new bool[_graph.NodeCount];
        var pending = new Stack<int>();
        for (int node = 1; node < touched.Length; node++)
        {
            if (IsOnPath(node))
            {
                touched[node] = true;
                pending.Push(node);
            }
        }

        while (pending.Count > 0)
        {
            int node = pending.Pop();
            for (int edge = _forward.First(node); edge < _forward.End(node); edge++)
            {
                int target = _forward.Other(edge);
                if (touched[target])
                    continue;
                touched[target] = true;
                pending.Push(target);
            }
        }

        return touched;
    }

    private bool IsPlainOnPath(int from, int to, SourceKinds passing)
    {
        SourceKinds free = _graph.Passing(_free[from], to) & passing;
        SourceKinds called = _graph.Passing(_called[from], to) & passing;
        return _graph.IsGlobal(to)
            ? IsPair(free | called, _inside[to])
            : IsPair(free, _inside[to] | _outside[to]) || IsPair(called, _inside[to]);
    }

    private void Forward(CancellationToken cancellationToken)
    {
        foreach ((int node, SourceKinds kinds) in _graph.Sources)
        {
            _free[node] |= kinds;
            Enqueue(node);
        }

        while (TakeNext(out int node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SourceKinds free = _free[node];
            SourceKinds called = _called[node];
            if ((free | called) == SourceKinds.None)
                continue;
            for (int edge = _forward.First(node); edge < _forward.End(node); edge++)
            {
                int target = _forward.Other(edge);
                int call = _forward.Call(edge);
                if (call == 0)
                {
                    Arrive(target, free, called);
                }
                else if (call < 0)
                {
                    Arrive(target, free, SourceKinds.None);
                }
                else
                {
                    Arrive(target, SourceKinds.None, free | called);
                    if (!_graph.IsGlobal(target))
                        _callees.Enter(target);
                }
            }

            List<CalleePaths.Shortcut>? shortcuts = _callees.From(node);
            for (int i = 0; i < shortcuts?.Count; i++)
                Arrive(shortcuts[i].Target, free & shortcuts[i].Passing, called & shortcuts[i].Passing);
        }
    }

    private void Arrive(int node, SourceKinds free, SourceKinds called)
    {
        if (_graph.IsGlobal(node))
        {
            free |= called;
            called = SourceKinds.None;
        }

        free = _graph.Passing(free, node);
        called = _graph.Passing(called, node);
        if ((free & ~_free[node]) == SourceKinds.None && (called & ~_called[node]) == SourceKinds.None)
            return;
        _free[node] |= free;
        _called[node] |= called;
        Enqueue(node);
    }

    private void Enqueue(int node)
    {
        if (_isPending[node])
            return;
        _isPending[node] = true;
        _pending.Enqueue(node);
    }

    private bool TakeNext(out int node)
    {
        node = 0;
        if (_pending.Count == 0)
            return false;
        node = _pending.Dequeue();
        _isPending[node] = false;
        return true;
    }

    private bool MarkHotSinks()
    {
        bool any = false;
        foreach ((int node, SinkKinds kinds, int name) in _graph.Sinks)
        {
            if (name != 0 && ((_free[name] | _called[name]) & SourceKinds.SecretName) == SourceKinds.None)
                continue;
            SinkKinds hot = SinkKinds.None;
            foreach (TaintRule rule in _model.Rules)
            {
                if ((rule.Sinks & kinds) != 0 && (_model.EffectiveSources(rule) & (_free[node] | _called[node])) != 0)
                    hot |= rule.Sinks & kinds;
            }

            _inside[node] |= hot;
            any |= hot != SinkKinds.None;
            if (hot != SinkKinds.None)
                Enqueue(node);
        }

        return any;
    }

    private void Backward(CancellationToken cancellationToken)
    {
        while (TakeNext(out int node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SinkKinds inside = _inside[node];
            SinkKinds outside = _outside[node];
            for (int edge = _backward.First(node); edge < _backward.End(node); edge++)
            {
                int origin = _backward.Other(edge);
                int call = _backward.Call(edge);
                if (call == 0)
                    Lead(origin, inside, outside);
                else if (call > 0)
                    Lead(origin, inside, SinkKinds.None);
                else
                    Lead(origin, SinkKinds.None, inside | outside);
            }

            List<int>? origins = _callees.To(node);
            for (int i = 0; i < origins?.Count; i++)
                Lead(origins[i], inside, outside);
        }
    }

    private void Lead(int node, SinkKinds inside, SinkKinds outside)
    {
        if ((_free[node] | _called[node]) == SourceKinds.None)
            return;
        if (_graph.IsGlobal(node))
        {
            inside |= outside;
            outside = SinkKinds.None;
        }

        if ((inside & ~_inside[node]) == SinkKinds.None && (outside & ~_outside[node]) == SinkKinds.None)
            return;
        _inside[node] |= inside;
        _outside[node] |= outside;
        Enqueue(node);
    }

    /// <summary>Marks what lies inside the calls that paths go through.</summary>
    private void MarkThrough(CancellationToken cancellationToken)
    {
        var seen = new HashSet<long>();
        var calls = new Stack<(int Entry, int Exit)>();
        for (int node = 1; node < _graph.NodeCount; node++)
        {
            List<CalleePaths.Shortcut>? shortcuts = _callees.From(node);
            for (int i = 0; i < shortcuts?.Count; i++)
            {
                if (IsPlainOnPath(node, shortcuts[i].Target, shortcuts[i].Passing))
                    AddCalls(node, shortcuts[i].Target, seen, calls);
            }
        }

        while (calls.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int entry, int exit) = calls.Pop();
            MarkBetween(entry, exit, seen, calls);
        }
    }

    private void AddCalls(int from, int to, HashSet<long> seen, Stack<(int Entry, int Exit)> calls)
    {
        for (int edge = _forward.First(from); edge < _forward.End(from); edge++)
        {
            if (_forward.Call(edge) is not (> 0 and var call))
                continue;
            int entry = _forward.Other(edge);
            for (int back = _backward.First(to); back < _backward.End(to); back++)
            {
                int exit = _backward.Other(back);
                if (_backward.Call(back) == -call && _callees.Between(entry, exit) != SourceKinds.None && seen.Add(((long)entry << 32) | (uint)exit))
                    calls.Push((entry, exit));
            }
        }
    }

    private void MarkBetween(int entry, int exit, HashSet<long> seen, Stack<(int Entry, int Exit)> calls)
    {
        var visited = new HashSet<int> { exit };
        var pending = new Stack<int>();
        pending.Push(exit);
        while (pending.Count > 0)
        {
            int node = pending.Pop();
            _isThrough[node] = true;
            for (int edge = _backward.First(node); edge < _backward.End(node); edge++)
            {
                int origin = _backward.Other(edge);
                if (_backward.Call(edge) == 0 && _callees.Between(entry, origin) != SourceKinds.None && visited.Add(origin))
                    pending.Push(origin);
            }

            List<int>? origins = _callees.To(node);
            for (int i = 0; i < origins?.Count; i++)
            {
                int origin = origins[i];
                if (_callees.Between(entry, origin) == SourceKinds.None)
                    continue;
                AddCalls(origin, node, seen, calls);
                if (visited.Add(origin))
                    pending.Push(origin);
            }
        }
    }

    private bool IsPair(SourceKinds sources, SinkKinds sinks)
    {
        if (sources == SourceKinds.None || sinks == SinkKinds.None)
            return false;
        if (_pairs.TryGetValue((sources, sinks), out bool known))
            return known;
        foreach (TaintRule rule in _model.Rules)
            known |= (rule.Sinks & sinks) != 0 && ((_model.EffectiveSources(rule) | rule.Excludes) & sources) != 0;
        _pairs.Add((sources, sinks), known);
        return known;
    }
}
