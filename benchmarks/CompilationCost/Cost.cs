namespace SecurityToolchain.CompilationCost;

/// <summary>What one compilation cost.</summary>
/// <param name="CpuSeconds">CPU time of the process, all threads.</param>
/// <param name="WallSeconds">Time on the wall clock.</param>
/// <param name="AllocatedBytes">Bytes allocated by all threads.</param>
/// <param name="Findings">Diagnostics of the set's own rules.</param>
internal sealed record Cost(double CpuSeconds, double WallSeconds, long AllocatedBytes, int Findings);
