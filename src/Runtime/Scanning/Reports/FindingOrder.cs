namespace SecurityToolchain.Scanning.Reports;

/// <summary>The one order of findings in every report: path, place, rule, message. Ordinal, so that it is the same on every machine.</summary>
public sealed class FindingOrder : IComparer<Finding>
{
    /// <summary>The only instance.</summary>
    public static FindingOrder Instance { get; } = new();

    private FindingOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(Finding? x, Finding? y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        if (x is null)
            return -1;
        if (y is null)
            return 1;

        int order = string.CompareOrdinal(x.Location.Path, y.Location.Path);
        if (order == 0)
            order = string.CompareOrdinal(x.Location.InnerPath ?? "", y.Location.InnerPath ?? "");
        if (order == 0)
            order = x.Location.Line.CompareTo(y.Location.Line);
        if (order == 0)
            order = x.Location.Column.CompareTo(y.Location.Column);
        if (order == 0)
            order = x.Location.Offset.CompareTo(y.Location.Offset);
        if (order == 0)
            order = string.CompareOrdinal(x.RuleId, y.RuleId);
        if (order == 0)
            order = string.CompareOrdinal(x.Location.Member ?? "", y.Location.Member ?? "");
        if (order == 0)
            order = string.CompareOrdinal(x.Message, y.Message);
        return order == 0 ? string.CompareOrdinal(x.Evidence ?? "", y.Evidence ?? "") : order;
    }
}
