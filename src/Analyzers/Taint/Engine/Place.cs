using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>
/// An input of a method: a root and an access path of at most <see cref="MaximumDepth"/> steps. What lies deeper is one place, the deep end of the path.
/// Interned by <see cref="PlaceTable"/>, so that reference equality is equality.
/// </summary>
internal sealed class Place : Origin
{
    /// <summary>The longest access path.</summary>
    public const int MaximumDepth = 3;

    private readonly Dictionary<Step, Place> _children = new();
    private readonly PlaceTable _table;
    private Place? _deep;

    /// <summary>Creates a root.</summary>
    public Place(PlaceTable table, PlaceRoot root, int ordinal, ISymbol? symbol)
    {
        _table = table;
        Root = root;
        Ordinal = ordinal;
        Symbol = symbol;
    }

    private Place(Place parent, Step? step, bool isDeep)
    {
        _table = parent._table;
        Root = parent.Root;
        Ordinal = parent.Ordinal;
        Symbol = parent.Symbol;
        Parent = parent;
        Step = step;
        Depth = parent.Depth + (step is null ? 0 : 1);
        IsDeep = isDeep;
    }

    /// <summary>What the path begins with.</summary>
    public PlaceRoot Root { get; }

    /// <summary>The number of the parameter or callback.</summary>
    public int Ordinal { get; }

    /// <summary>The static member.</summary>
    public ISymbol? Symbol { get; }

    /// <summary>The path without its last step; null for a root.</summary>
    public Place? Parent { get; }

    /// <summary>The last step.</summary>
    public Step? Step { get; }

    /// <summary>The number of steps.</summary>
    public int Depth { get; }

    /// <summary>Whether everything under the path is meant.</summary>
    public bool IsDeep { get; }

    /// <summary>Everything that can be reached from here.</summary>
    public Place Deep => IsDeep ? this : _deep ??= new Place(this, null, isDeep: true);

    /// <summary>One step further.</summary>
    public Place Child(Step step)
    {
        if (IsDeep)
            return this;
        if (Depth >= _table.MaximumDepth)
            return Deep;
        if (!_children.TryGetValue(step, out Place? child))
            _children.Add(step, child = new Place(this, step, isDeep: false));
        return child;
    }

    /// <summary>The last step that names a field or property; null when there is none.</summary>
    public ISymbol? LastMember
    {
        get
        {
            for (Place? place = this; place is not null; place = place.Parent)
            {
                if (place.Step?.Member is { } member)
                    return member;
            }

            return Root == PlaceRoot.Static ? Symbol : null;
        }
    }
}
