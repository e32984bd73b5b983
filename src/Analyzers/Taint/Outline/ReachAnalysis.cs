using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>
/// Which code lies on a path of the outline from a source to a sink that some rule wants. Two passes over the edges: sources forward, then
/// from the sinks that they reach backward.
/// </summary>
internal sealed class ReachAnalysis
{
    private readonly TaintModel _model;
    private readonly OutlineGraph _graph;
    private readonly CancellationToken _cancellationToken;
    private readonly SourceKinds[] _sources;
    private readonly SinkKinds[] _sinks;
    private readonly Dictionary<(SourceKinds, SinkKinds), bool> _pairs = new();
    private int[] _starts = Array.Empty<int>();
    private int[] _targets = Array.Empty<int>();

    /// <summary>Runs both passes.</summary>
    public ReachAnalysis(TaintModel model, OutlineGraph graph, CancellationToken cancellationToken)
    {
        _model = model;
        _graph = graph;
        _cancellationToken = cancellationToken;
        _sources = new SourceKinds[graph.NodeCount];
        _sinks = new SinkKinds[graph.NodeCount];
        Sort(forward: true);
        Forward();
        if (!MarkHotSinks())
            return;
        HasFlows = true;
        Sort(forward: false);
        Backward();
    }

    /// <summary>Whether any source reaches a sink.</summary>
    public bool HasFlows { get; }

    /// <summary>Whether a node lies on a path.</summary>
    public bool IsOnPath(int node) => IsPair(_sources[node], _sinks[node]);

    /// <summary>Whether an edge lies on a path.</summary>
    public bool IsOnPath(int from, int to) => _sources[from] != SourceKinds.None && _sinks[to] != SinkKinds.None && IsPair(_graph.Passing(_sources[from], to), _sinks[to]);

    /// <summary>Everything that values on paths may get to, by node.</summary>
    public bool[] Touched()
    {
        Sort(forward: true);
        var touched = new bool[_graph.NodeCount];
        var pending = new Stack<int>();
        for (int node = 1; node < touched.Length; node++)
        {
            if (_sources[node] != SourceKinds.None && _sinks[node] != SinkKinds.None && IsOnPath(node))
            {
                touched[node] = true;
                pending.Push(node);
            }
        }

        while (pending.Count > 0)
        {
            int node = pending.Pop();
            for (int i = _starts[node]; i < _starts[node + 1]; i++)
            {
                if (touched[_targets[i]])
                    continue;
                touched[_targets[i]] = true;
                pending.Push(_targets[i]);
            }
        }

        return touched;
    }

    /// <summary>The edges by their origin, or by their target for the way back.</summary>
    private void Sort(bool forward)
    {
        List<int> edges = _graph.Edges;
        int key = forward ? 0 : 1;
        _starts = new int[_graph.NodeCount + 1];
        for (int i = 0; i < edges.Count; i += 2)
            _starts[edges[i + key] + 1]++;
        for (int i = 1; i < _starts.Length; i++)
            _starts[i] += _starts[i - 1];
        _targets = new int[edges.Count / 2];
        int[] next = (int[])_starts.Clone();
        for (int i = 0; i < edges.Count; i += 2)
            _targets[next[edges[i + key]]++] = edges[i + 1 - key];
        _cancellationToken.ThrowIfCancellationRequested();
    }

    private void Forward()
    {
        var pending = new Queue<int>();
        foreach ((int node, SourceKinds kinds) in _graph.Sources)
        {
            _sources[node] |= kinds;
            pending.Enqueue(node);
        }

        while (pending.Count > 0)
        {
            int node = pending.Dequeue();
            SourceKinds kinds = _sources[node];
            for (int i = _starts[node]; i < _starts[node + 1]; i++)
            {
                int target = _targets[i];
                SourceKinds passing = _graph.Passing(kinds, target);
                if ((passing & ~_sources[target]) == SourceKinds.None)
                    continue;
                _sources[target] |= passing;
                pending.Enqueue(target);
            }
        }
    }

    private bool MarkHotSinks()
    {
        bool any = false;
        foreach ((int node, SinkKinds kinds) in _graph.Sinks)
        {
            SinkKinds hot = SinkKinds.None;
            foreach (TaintRule rule in _model.Rules)
            {
                if ((rule.Sinks & kinds) != 0 && (_model.EffectiveSources(rule) & _sources[node]) != 0)
                    hot |= rule.Sinks & kinds;
            }

            _sinks[node] |= hot;
            any |= hot != SinkKinds.None;
        }

        return any;
    }

    private void Backward()
    {
        var pending = new Queue<int>();
        foreach ((int node, SinkKinds kinds) in _graph.Sinks)
        {
            _ = kinds;
            if (_sinks[node] != SinkKinds.None)
                pending.Enqueue(node);
        }

        while (pending.Count > 0)
        {
            int node = pending.Dequeue();
            SinkKinds kinds = _sinks[node];
            for (int i = _starts[node]; i < _starts[node + 1]; i++)
            {
                int origin = _targets[i];
                if (_sources[origin] == SourceKinds.None || (kinds & ~_sinks[origin]) == SinkKinds.None)
                    continue;
                _sinks[origin] |= kinds;
                pending.Enqueue(origin);
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
