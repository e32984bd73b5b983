namespace SecurityToolchain.Taint.Benchmarks.Editing;

/// <summary>What the live diagnostics after one edit cost.</summary>
/// <param name="CpuMilliseconds">CPU time of all threads.</param>
/// <param name="WallMilliseconds">Time on the wall clock.</param>
/// <param name="Findings">Diagnostics.</param>
internal sealed record EditCost(double CpuMilliseconds, double WallMilliseconds, int Findings);
