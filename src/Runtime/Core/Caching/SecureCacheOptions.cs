namespace SecurityToolchain.Runtime.Caching;

/// <summary>The policy of a <see cref="SecureCache"/>.</summary>
public sealed class SecureCacheOptions
{
    /// <summary>The longest time an entry lives; a longer wish is cut. 1 second to 30 days, default 1 hour.</summary>
    public TimeSpan MaxTimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Operations a second over all tenants; 1 to 10,000,000, default 1,000.</summary>
    public int MaxOperationsPerSecond { get; set; } = 1_000;

    /// <summary>Bytes of one value; 1 to 1 GiB, default 1 MiB.</summary>
    public int MaxValueSizeInBytes { get; set; } = 1 << 20;

    /// <summary>
    /// Names what the values mean: program version, rules, options. Entries that were written under another schema are misses. Default <c>1</c>.
    /// </summary>
    public string Schema { get; set; } = "1";

    internal void Validate()
    {
        if (MaxTimeToLive < TimeSpan.FromSeconds(1) || MaxTimeToLive > TimeSpan.FromDays(30))
            throw Error.OutOfRange(nameof(MaxTimeToLive), "MaxTimeToLive", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30), MaxTimeToLive);
        if (MaxOperationsPerSecond is < 1 or > 10_000_000)
            throw Error.OutOfRange(nameof(MaxOperationsPerSecond), "MaxOperationsPerSecond", 1, 10_000_000, MaxOperationsPerSecond);
        if (MaxValueSizeInBytes is < 1 or > 1 << 30)
            throw Error.OutOfRange(nameof(MaxValueSizeInBytes), "MaxValueSizeInBytes", 1, 1 << 30, MaxValueSizeInBytes);
        ArgumentNullException.ThrowIfNull(Schema);
    }
}
