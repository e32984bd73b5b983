using System;
using System.Collections.Generic;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>
/// What goes into a call and comes back from the same call: paths from a parameter through its method, and through the methods that it calls,
/// to what the method gives back. Found for the parameters that somebody asks about (the tabulation of Reps, Horwitz and Sagiv).
/// </summary>
internal sealed class CalleePaths
{
    private readonly OutlineGraph _graph;
    private readonly OutlineEdges _forward;
    private readonly OutlineEdges _backward;
    private readonly Action<int> _onShortcut;
    private readonly Dictionary<long, SourceKinds> _paths = new();
    private readonly Dictionary<int, List<int>> _entriesByNode = new();
    private readonly Dictionary<int, List<Shortcut>> _shortcuts = new();
    private readonly Dictionary<int, List<int>> _shortcutOrigins = new();
    private readonly Stack<(int Entry, int Node)> _pending = new();

    /// <summary>Prepares the search.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="forward">Its edges by origin.</param>
    /// <param name="backward">Its edges by target.</param>
    /// <param name="onShortcut">Told each node from which a call leads on.</param>
    public CalleePaths(OutlineGraph graph, OutlineEdges forward, OutlineEdges backward, Action<int> onShortcut)
    {
        _graph = graph;
        _forward = forward;
        _backward = backward;
        _onShortcut = onShortcut;
    }

    /// <summary>From a node before a call to one after it, through what is called.</summary>
    /// <param name="Target">The node after the call.</param>
    /// <param name="Passing">What gets through.</param>
    public readonly record struct Shortcut(int Target, SourceKinds Passing);

    /// <summary>What calls bring from a node to others.</summary>
    public List<Shortcut>? From(int node) => _shortcuts.TryGetValue(node, out List<Shortcut>? known) ? known : null;

    /// <summary>The nodes from which calls lead to a node.</summary>
    public List<int>? To(int node) => _shortcutOrigins.TryGetValue(node, out List<int>? known) ? known : null;

    /// <summary>What gets from a parameter to a node of its method; none when nobody asked about the parameter.</summary>
    public SourceKinds Between(int entry, int node) => _paths.TryGetValue(Key(entry, node), out SourceKinds kinds) ? kinds : SourceKinds.None;

    /// <summary>Looks where a parameter's value gets to.</summary>
    public void Enter(int entry)
    {
        if (_paths.ContainsKey(Key(entry, entry)))
            return;
        Add(entry, entry, ~SourceKinds.None);
        while (_pending.Count > 0)
        {
            (int from, int node) = _pending.Pop();
            Step(from, node, _paths[Key(from, node)]);
        }
    }

    private static long Key(int entry, int node) => ((long)entry << 32) | (uint)node;

    private void Step(int entry, int node, SourceKinds kinds)
    {
        bool isExit = false;
        for (int edge = _forward.First(node); edge < _forward.End(node); edge++)
        {
            int target = _forward.Other(edge);
            int call = _forward.Call(edge);
            if (call < 0)
                isExit = true;
            else if (call == 0)
                Add(entry, target, kinds);
            else if (!_graph.IsGlobal(target))
                Add(target, target, ~SourceKinds.None);
        }

        if (_shortcuts.TryGetValue(node, out List<Shortcut>? shortcuts))
        {
            for (int i = 0; i < shortcuts.Count; i++)
                Add(entry, shortcuts[i].Target, kinds & shortcuts[i].Passing);
        }

        if (isExit)
            Leave(entry, node, kinds);
    }

    private void Add(int entry, int node, SourceKinds kinds)
    {
        // Members belong to no call: whoever follows them begins anew there.
        if (_graph.IsGlobal(node))
            return;
        kinds = _graph.Passing(kinds, node);
        long key = Key(entry, node);
        bool isKnown = _paths.TryGetValue(key, out SourceKinds before);
        if ((kinds & ~before) == SourceKinds.None)
            return;
        _paths[key] = before | kinds;
        if (!isKnown)
        {
            if (!_entriesByNode.TryGetValue(node, out List<int>? entries))
                _entriesByNode.Add(node, entries = new List<int>(1));
            entries.Add(entry);
        }

        _pending.Push((entry, node));
    }

    /// <summary>From a parameter to what the method gives back: a shortcut for each call.</summary>
    private void Leave(int entry, int exit, SourceKinds kinds)
    {
        for (int edge = _backward.First(entry); edge < _backward.End(entry); edge++)
        {
            int call = _backward.Call(edge);
            if (call <= 0)
                continue;
            for (int back = _forward.First(exit); back < _forward.End(exit); back++)
            {
                if (_forward.Call(back) == -call)
                    AddShortcut(_backward.Other(edge), _forward.Other(back), kinds);
            }
        }
    }

    private void AddShortcut(int from, int to, SourceKinds kinds)
    {
        kinds = _graph.Passing(kinds, to);
        if (kinds == SourceKinds.None || from == to)
            return;
        if (!_shortcuts.TryGetValue(from, out List<Shortcut>? shortcuts))
            _shortcuts.Add(from, shortcuts = new List<Shortcut>(1));
        int index = 0;
        while (index < shortcuts.Count && shortcuts[index].Target != to)
            index++;
        if (index == shortcuts.Count)
        {
            shortcuts.Add(new Shortcut(to, kinds));
            if (!_shortcutOrigins.TryGetValue(to, out List<int>? origins))
                _shortcutOrigins.Add(to, origins = new List<int>(1));
            origins.Add(from);
        }
        else if ((kinds & ~shortcuts[index].Passing) == SourceKinds.None)
        {
            return;
        }
        else
        {
            shortcuts[index] = new Shortcut(to, shortcuts[index].Passing | kinds);
        }

        _onShortcut(from);
        if (!_entriesByNode.TryGetValue(from, out List<int>? entries))
            return;
        for (int i = 0; i < entries.Count; i++)
            Add(entries[i], to, _paths[Key(entries[i], from)] & kinds);
    }
}
