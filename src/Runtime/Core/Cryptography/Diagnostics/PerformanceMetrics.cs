namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>One measured operation.</summary>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Duration">Time it took, by a clock that never goes back.</param>
/// <param name="ByteCount">Bytes it worked on.</param>
/// <param name="IsSlow">Whether it took longer than its budget.</param>
public sealed record PerformanceMetrics(string Operation, TimeSpan Duration, long ByteCount, bool IsSlow)
{
    /// <summary>Throughput in megabytes (10^6 bytes) a second; 0 if the clock saw no time pass.</summary>
    public double MegabytesPerSecond => Duration > TimeSpan.Zero ? ByteCount / 1e6 / Duration.TotalSeconds : 0;
}
