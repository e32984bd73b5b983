using System;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>The values of all variables and cells at one point. A slot without a value holds what it held at the entry of the method.</summary>
internal sealed class FlowState
{
    private AbstractValue?[] _slots;

    /// <summary>Creates an empty state.</summary>
    public FlowState()
        : this(new AbstractValue?[16])
    {
    }

    private FlowState(AbstractValue?[] slots) => _slots = slots;

    /// <summary>The number of slots that may hold something.</summary>
    public int Length => _slots.Length;

    /// <summary>The value of a slot, or null.</summary>
    public AbstractValue? this[int slot]
    {
        get => slot < _slots.Length ? _slots[slot] : null;
        set
        {
            if (slot >= _slots.Length)
                Array.Resize(ref _slots, Math.Max(slot + 1, _slots.Length * 2));
            _slots[slot] = value;
        }
    }

    /// <summary>A copy.</summary>
    public FlowState Clone() => new((AbstractValue?[])_slots.Clone());

    /// <summary>Takes over another state's content.</summary>
    public void Assign(FlowState other) => _slots = (AbstractValue?[])other._slots.Clone();

    /// <summary>Adds what another state knows.</summary>
    /// <param name="other">The other state.</param>
    /// <param name="owner">Knows what an untouched slot held at entry.</param>
    /// <returns>Whether this state changed.</returns>
    public bool Join(FlowState other, BodyInterpreter owner)
    {
        bool changed = false;
        int length = Math.Max(_slots.Length, other._slots.Length);
        for (int slot = 0; slot < length; slot++)
        {
            AbstractValue? mine = this[slot];
            AbstractValue? theirs = other[slot];
            if (ReferenceEquals(mine, theirs))
                continue;
            AbstractValue? joined = mine is null || theirs is null
                ? owner.InitialOf(slot) is { } initial ? AbstractValue.Join(initial, (mine ?? theirs)!) : mine ?? theirs
                : AbstractValue.Join(mine, theirs);
            if (mine is null || !AbstractValue.SaysSame(mine, joined!))
            {
                this[slot] = joined;
                changed = true;
            }
        }

        return changed;
    }
}
