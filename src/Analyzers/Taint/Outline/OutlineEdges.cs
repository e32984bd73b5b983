using System.Collections.Generic;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>The edges of a graph by their origin, or by their target.</summary>
internal sealed class OutlineEdges
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly int[] _calls;

    /// <summary>Sorts edges.</summary>
    /// <param name="edges">Three numbers each: origin, target, call.</param>
    /// <param name="nodes">The number of nodes.</param>
    /// <param name="forward">Whether they are looked up by their origin.</param>
    public OutlineEdges(List<int> edges, int nodes, bool forward)
    {
        int key = forward ? 0 : 1;
        _starts = new int[nodes + 1];
        for (int i = 0; i < edges.Count; i += 3)
            _starts[edges[i + key] + 1]++;
        for (int i = 1; i < _starts.Length; i++)
            _starts[i] += _starts[i - 1];
        _ends = new int[edges.Count / 3];
        _calls = new int[edges.Count / 3];
        int[] next = (int[])_starts.Clone();
        for (int i = 0; i < edges.Count; i += 3)
        {
            int at = next[edges[i + key]]++;
            _ends[at] = edges[i + 1 - key];
            _calls[at] = edges[i + 2];
        }
    }

    /// <summary>The first edge of a node.</summary>
    public int First(int node) => _starts[node];

    /// <summary>The edge after a node's last one.</summary>
    public int End(int node) => _starts[node + 1];

    /// <summary>The node at the other end.</summary>
    public int Other(int edge) => _ends[edge];

    /// <summary>0; or the call that the edge enters with; or, negative, the call that it returns to.</summary>
    public int Call(int edge) => _calls[edge];
}
