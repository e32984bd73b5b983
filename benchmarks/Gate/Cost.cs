namespace SecurityToolchain.GateCost;

/// <summary>What a command cost.</summary>
/// <param name="WallSeconds">Time on the wall clock.</param>
/// <param name="CpuSeconds">Processor time of the command and of the processes it started, user and system; NaN where the system does not say.</param>
internal readonly record struct Cost(double WallSeconds, double CpuSeconds)
{
    /// <summary>The median of each figure.</summary>
    public static Cost Median(IReadOnlyCollection<Cost> costs) => new(
        Middle(costs.Select(static cost => cost.WallSeconds)),
        Middle(costs.Select(static cost => cost.CpuSeconds)));

    /// <summary>The median; the upper one of two in the middle.</summary>
    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
