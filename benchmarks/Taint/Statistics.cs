namespace SecurityToolchain.Taint.Benchmarks;

/// <summary>Order statistics of measured values.</summary>
internal static class Statistics
{
    /// <summary>The middle value.</summary>
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The value that a part of all values does not exceed; between two values the one that is nearer.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="part">0 to 1.</param>
    public static double Quantile(IEnumerable<double> values, double part)
    {
        double[] ordered = [.. values.Order()];
        return ordered[(int)Math.Round(part * (ordered.Length - 1), MidpointRounding.AwayFromZero)];
    }
}
