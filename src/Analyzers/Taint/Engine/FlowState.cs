using System;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>
/// The values of all variables and cells at one point. A slot without a value holds what it held at the entry of the method. Slots live in
/// pages that copies share until one of them changes a page, because a copy is made for each block and branch and differs in few slots.
/// </summary>
internal sealed class FlowState
{
    private const int PageBits = 4;
    private const int PageSize = 1 << PageBits;

    private Page?[] _pages;

    /// <summary>Creates an empty state.</summary>
    public FlowState()
        : this(Array.Empty<Page?>())
    {
    }

    private FlowState(Page?[] pages) => _pages = pages;

    /// <summary>The number of slots that may hold something.</summary>
    public int Length => _pages.Length << PageBits;

    /// <summary>The value of a slot, or null.</summary>
    public AbstractValue? this[int slot]
    {
        get
        {
            int page = slot >> PageBits;
            return page < _pages.Length ? _pages[page]?.Slots[slot & (PageSize - 1)] : null;
        }

        set
        {
            int index = slot >> PageBits;
            Page? page = index < _pages.Length ? _pages[index] : null;
            if (page is null ? value is null : ReferenceEquals(page.Slots[slot & (PageSize - 1)], value))
                return;
            if (index >= _pages.Length)
                Array.Resize(ref _pages, Math.Max(index + 1, _pages.Length * 2));
            if (page is null || !ReferenceEquals(page.Owner, this))
                _pages[index] = page = new Page(this, page);
            page.Slots[slot & (PageSize - 1)] = value;
        }
    }

    /// <summary>A copy.</summary>
    public FlowState Clone()
    {
        // Pages stay with the state that made them; this one gives them up, so that neither changes what the other sees.
        var copy = new FlowState((Page?[])_pages.Clone());
        foreach (Page? page in _pages)
            page?.Share();
        return copy;
    }

    /// <summary>Adds what another state knows.</summary>
    /// <param name="other">The other state.</param>
    /// <param name="owner">Knows what an untouched slot held at entry.</param>
    /// <returns>Whether this state changed.</returns>
    public bool Join(FlowState other, BodyInterpreter owner)
    {
        bool changed = false;
        int pages = Math.Max(_pages.Length, other._pages.Length);
        for (int index = 0; index < pages; index++)
        {
            Page? mine = index < _pages.Length ? _pages[index] : null;
            Page? theirs = index < other._pages.Length ? other._pages[index] : null;
            if (!ReferenceEquals(mine, theirs))
                changed |= JoinPage(index << PageBits, mine?.Slots, theirs?.Slots, owner);
        }

        return changed;
    }

    private bool JoinPage(int first, AbstractValue?[]? mine, AbstractValue?[]? theirs, BodyInterpreter owner)
    {
        bool changed = false;
        for (int i = 0; i < PageSize; i++)
        {
            AbstractValue? one = mine?[i];
            AbstractValue? other = theirs?[i];
            if (ReferenceEquals(one, other))
                continue;
            AbstractValue joined = one is null || other is null
                ? owner.InitialOf(first + i) is { } initial ? AbstractValue.Join(one ?? initial, other ?? initial) : (one ?? other)!
                : AbstractValue.Join(one, other);
            if (one is not null && (ReferenceEquals(one, joined) || AbstractValue.SaysSame(one, joined)))
                continue;
            this[first + i] = joined;
            changed = true;
        }

        return changed;
    }

    private sealed class Page
    {
        public Page(FlowState owner, Page? copied)
        {
            Owner = owner;
            Slots = copied is null ? new AbstractValue?[PageSize] : (AbstractValue?[])copied.Slots.Clone();
        }

        /// <summary>The only state that may change the page; null once it is shared.</summary>
        public FlowState? Owner { get; private set; }

        public AbstractValue?[] Slots { get; }

        public void Share() => Owner = null;
    }
}
