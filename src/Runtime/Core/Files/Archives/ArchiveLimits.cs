namespace SecurityToolchain.Runtime.Files.Archives;

/// <summary>What an archive may hold. All numbers are counted while extracting, never taken from the archive. Checked before extraction.</summary>
public sealed class ArchiveLimits
{
    /// <summary>Most entries, directories included: 1 to 10,000,000. Default 100,000.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>Largest entry, in bytes: at least 1. Default 1 GiB.</summary>
    public long MaxEntrySizeInBytes { get; init; } = 1L << 30;

    /// <summary>Largest sum of all entries, in bytes: at least 1. Default 1 GiB.</summary>
    public long MaxTotalSizeInBytes { get; init; } = 1L << 30;

    /// <summary>Most bytes of content for each byte of the archive: at least 1. Default 100.</summary>
    public int MaxCompressionRatio { get; init; } = 100;

    /// <summary>Content, in bytes, below which the ratio is not looked at: 0 or more. Default 1 MiB. Small logs compress 300 to 1.</summary>
    public long RatioFloorInBytes { get; init; } = 1024 * 1024;

    /// <summary>Most directories above a file: 1 to 1,000. Default 32.</summary>
    public int MaxDepth { get; init; } = 32;

    internal void Validate()
    {
        if (MaxEntries is < 1 or > 10_000_000)
            throw Error.OutOfRange(nameof(MaxEntries), "The number of entries", 1, 10_000_000, MaxEntries);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEntrySizeInBytes, 1, nameof(MaxEntrySizeInBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTotalSizeInBytes, 1, nameof(MaxTotalSizeInBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCompressionRatio, 1, nameof(MaxCompressionRatio));
        ArgumentOutOfRangeException.ThrowIfNegative(RatioFloorInBytes, nameof(RatioFloorInBytes));
        if (MaxDepth is < 1 or > 1_000)
            throw Error.OutOfRange(nameof(MaxDepth), "The depth of directories", 1, 1_000, MaxDepth);
    }
}
