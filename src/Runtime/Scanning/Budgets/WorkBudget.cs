namespace SecurityToolchain.Scanning.Budgets;

/// <summary>
/// The cost of a scan in work units. A unit is about one byte looked at or one table row parsed, never a time, so the same file costs
/// the same on every machine. Belongs to one file and one thread.
/// </summary>
public sealed class WorkBudget
{
    private readonly SortedDictionary<string, long> _spentBy = new(StringComparer.Ordinal);

    /// <summary>Creates a budget.</summary>
    /// <param name="limit">The units that may be spent, at least 1.</param>
    public WorkBudget(long limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Limit = limit;
    }

    /// <summary>The units that may be spent.</summary>
    public long Limit { get; }

    /// <summary>The units that were spent.</summary>
    public long Spent { get; private set; }

    /// <summary>The units by spender, in the order of their names.</summary>
    public IReadOnlyDictionary<string, long> SpentBy => _spentBy;

    /// <summary>Spends units.</summary>
    /// <param name="spender">The analyzer or rule that works.</param>
    /// <param name="units">The units, 0 or more.</param>
    /// <exception cref="ScanLimitException">The budget is used up.</exception>
    public void Spend(string spender, long units)
    {
        ArgumentNullException.ThrowIfNull(spender);
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        long before = _spentBy.GetValueOrDefault(spender);
        _spentBy[spender] = units > long.MaxValue - before ? long.MaxValue : before + units;
        Spent = units > long.MaxValue - Spent ? long.MaxValue : Spent + units;
        if (Spent > Limit)
            throw new ScanLimitException(nameof(ScanLimits.MaxWorkUnits), Limit, spender);
    }
}
