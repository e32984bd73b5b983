namespace SecurityToolchain.Taint.Benchmarks.Scaling;

/// <summary>What one compilation in a process of its own cost.</summary>
/// <param name="Lines">Lines that were compiled.</param>
/// <param name="CpuSeconds">CPU time of all threads.</param>
/// <param name="AllocatedBytes">Bytes allocated by all threads.</param>
/// <param name="PeakBytes">The most memory that the process had in use at once, its parsed files included.</param>
internal sealed record ScaleCost(int Lines, double CpuSeconds, long AllocatedBytes, long PeakBytes);
