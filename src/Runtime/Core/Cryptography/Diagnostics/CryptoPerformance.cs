using System.Diagnostics.Metrics;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Measures operations and emits them as metrics of the meter <c>SecurityToolchain.Runtime</c>: the histogram
/// <c>security.crypto.duration</c> (seconds) and the counter <c>security.crypto.slow</c>, both tagged with the operation. Thread safe.
/// </summary>
public sealed class CryptoPerformance : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "SecurityToolchain.Runtime";

    private readonly CryptoPerformanceOptions _options;
    private readonly TimeProvider _clock;
    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _slow;

    /// <summary>Creates a measure.</summary>
    /// <param name="options">When an operation is slow; the defaults if <see langword="null"/>.</param>
    /// <param name="clock">The system's clock if <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public CryptoPerformance(CryptoPerformanceOptions? options = null, TimeProvider? clock = null)
    {
        _options = options ?? new CryptoPerformanceOptions();
        _options.Validate();
        _clock = clock ?? TimeProvider.System;
        _duration = _meter.CreateHistogram<double>("security.crypto.duration", "s", "Time of a cryptographic operation");
        _slow = _meter.CreateCounter<long>("security.crypto.slow", "{operation}", "Cryptographic operations that took longer than their budget");
    }

    /// <summary>Runs an operation and measures it. An operation that throws is measured as well.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="operation">Name of the operation: one of few, since each is a tag value.</param>
    /// <param name="byteCount">Bytes that it works on, 0 or more.</param>
    /// <param name="work">The operation.</param>
    /// <param name="metrics">What was measured.</param>
    /// <returns>The operation's result.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of bytes is negative.</exception>
    public T Measure<T>(string operation, long byteCount, Func<T> work, out PerformanceMetrics metrics)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        ArgumentNullException.ThrowIfNull(work);
        long start = _clock.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            metrics = Record(operation, byteCount, _clock.GetElapsedTime(start));
        }
    }

    /// <summary>Releases the meter.</summary>
    public void Dispose() => _meter.Dispose();

    private PerformanceMetrics Record(string operation, long byteCount, TimeSpan duration)
    {
        TimeSpan budget = _options.SlowThreshold + (_options.SlowThresholdPerMebibyte * (byteCount / 1048576.0));
        var metrics = new PerformanceMetrics(operation, duration, byteCount, duration > budget);
        var tag = new KeyValuePair<string, object?>("operation", operation);
        _duration.Record(duration.TotalSeconds, tag);
        if (metrics.IsSlow)
            _slow.Add(1, tag);
        return metrics;
    }
}
