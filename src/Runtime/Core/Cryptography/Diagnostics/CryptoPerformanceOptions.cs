namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>When an operation counts as slow. Checked when a <see cref="CryptoPerformance"/> is made of them.</summary>
public sealed class CryptoPerformanceOptions
{
    /// <summary>Time that any operation may take: 0 to 1 hour. Default 100 ms.</summary>
    public TimeSpan SlowThreshold { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Time that each MiB adds to it: 0 to 1 minute. Default 10 ms, which is 100 MiB a second.</summary>
    public TimeSpan SlowThresholdPerMebibyte { get; init; } = TimeSpan.FromMilliseconds(10);

    internal void Validate()
    {
        if (SlowThreshold < TimeSpan.Zero || SlowThreshold > TimeSpan.FromHours(1))
            throw Error.OutOfRange(nameof(SlowThreshold), "The slow threshold", TimeSpan.Zero, TimeSpan.FromHours(1), SlowThreshold);
        if (SlowThresholdPerMebibyte < TimeSpan.Zero || SlowThresholdPerMebibyte > TimeSpan.FromMinutes(1))
            throw Error.OutOfRange(nameof(SlowThresholdPerMebibyte), "The slow threshold per MiB", TimeSpan.Zero, TimeSpan.FromMinutes(1), SlowThresholdPerMebibyte);
    }
}
