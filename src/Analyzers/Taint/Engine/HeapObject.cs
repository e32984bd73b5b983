using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>An object as the analysis of one body sees it: an input, or what one place of the code allocates.</summary>
internal sealed class HeapObject(BodyInterpreter owner, Place? place, ITypeSymbol? exactType, bool isFresh)
{
    private readonly Dictionary<Step, int> _cells = new();

    /// <summary>The body in whose analysis the object lives.</summary>
    public BodyInterpreter Owner { get; } = owner;

    /// <summary>The input that the object is; null for an allocation.</summary>
    public Place? Place { get; } = place;

    /// <summary>The class of an allocation; null when unknown.</summary>
    public ITypeSymbol? ExactType { get; } = exactType;

    /// <summary>Whether what was not written is known to be empty.</summary>
    public bool IsFresh { get; } = isFresh;

    /// <summary>The slots of the object's members and elements in <see cref="FlowState"/>.</summary>
    public IReadOnlyDictionary<Step, int> Cells => _cells;

    /// <summary>The slot of one member.</summary>
    public int Cell(Step step)
    {
        if (!_cells.TryGetValue(step, out int slot))
            _cells.Add(step, slot = Owner.NewCell(this, step));
        return slot;
    }
}
