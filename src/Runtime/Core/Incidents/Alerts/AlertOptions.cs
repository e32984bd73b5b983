namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>When alerts go out and how hard delivery is tried.</summary>
public sealed class AlertOptions
{
    /// <summary>Least severity; default <see cref="SecuritySeverity.High"/>.</summary>
    public SecuritySeverity MinimumSeverity { get; set; } = SecuritySeverity.High;

    /// <summary>Alerts that wait for delivery; 1 to 100,000, default 1,000. When it is full, the oldest makes room and is counted as dropped.</summary>
    public int QueueCapacity { get; set; } = 1_000;

    /// <summary>Time for one attempt on one channel; 100 ms to 5 minutes, default 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts on one channel; 1 to 10, default 3.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>Wait before the second attempt, doubled for each further one; 0 to 1 minute, default 1 second.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Equal events (type, user, client) within this time are sent once and counted; 0 to 1 day, default 5 minutes.</summary>
    public TimeSpan DeduplicationWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long <see cref="AlertDispatcher.DisposeAsync"/> waits for what is queued; the rest counts as dropped. 0 to 10 minutes, default 30 seconds.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        if (QueueCapacity is < 1 or > 100_000)
            throw Error.OutOfRange(nameof(QueueCapacity), "QueueCapacity", 1, 100_000, QueueCapacity);
        if (Attempts is < 1 or > 10)
            throw Error.OutOfRange(nameof(Attempts), "Attempts", 1, 10, Attempts);
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(5))
            throw Error.OutOfRange(nameof(Timeout), "Timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5), Timeout);
        if (RetryDelay < TimeSpan.Zero || RetryDelay > TimeSpan.FromMinutes(1))
            throw Error.OutOfRange(nameof(RetryDelay), "RetryDelay", TimeSpan.Zero, TimeSpan.FromMinutes(1), RetryDelay);
        if (DrainTimeout < TimeSpan.Zero || DrainTimeout > TimeSpan.FromMinutes(10))
            throw Error.OutOfRange(nameof(DrainTimeout), "DrainTimeout", TimeSpan.Zero, TimeSpan.FromMinutes(10), DrainTimeout);
        if (DeduplicationWindow < TimeSpan.Zero || DeduplicationWindow > TimeSpan.FromDays(1))
            throw Error.OutOfRange(nameof(DeduplicationWindow), "DeduplicationWindow", TimeSpan.Zero, TimeSpan.FromDays(1), DeduplicationWindow);
    }
}
