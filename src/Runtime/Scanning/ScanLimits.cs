namespace SecurityToolchain.Scanning;

/// <summary>
/// Every limit of a scan with its default. A limit that is reached makes the result incomplete and is named in a finding; nothing is cut
/// silently. All values are checked when they are set.
/// </summary>
public sealed record ScanLimits
{
    /// <summary>The defaults.</summary>
    public static ScanLimits Default { get; } = new();

    /// <summary>The largest file in bytes that is read; counted while reading. Default 10 GiB.</summary>
    public long MaxFileSize { get; init => field = Positive(value); } = 10L << 30;

    /// <summary>The longest time for one file. Default 300 s.</summary>
    public TimeSpan MaxProcessingTime { get; init => field = Positive(value); } = TimeSpan.FromSeconds(300);

    /// <summary>The size of a read in bytes, 4 KiB to 16 MiB. Default 64 KiB.</summary>
    public int BlockSize { get; init => field = Between(value, 4 << 10, 16 << 20); } = 64 << 10;

    /// <summary>Files up to this size in bytes are held whole, and their structure is analysed. Larger ones are streamed. Default 48 MiB.</summary>
    public int MaxInMemorySize { get; init => field = Between(value, 4 << 10, 1 << 30); } = 48 << 20;

    /// <summary>The bytes that the scan of one top-level file may hold at one time, with all nested members. Default 64 MiB.</summary>
    public long MaxMemoryPerFile { get; init => field = Positive(value); } = 64L << 20;

    /// <summary>The bytes that all files in flight may hold; with <see cref="MaxMemoryPerFile"/> it bounds the threads. Default 512 MiB.</summary>
    public long MaxMemory { get; init => field = Positive(value); } = 512L << 20;

    /// <summary>The work units that one top-level file may cost. Default 64 Gi.</summary>
    public long MaxWorkUnits { get; init => field = Positive(value); } = 64L << 30;

    /// <summary>The steps that one structure (a directory tree, a chain of offsets) may take. Default 10,000.</summary>
    public int MaxParseIterations { get; init => field = Positive(value); } = 10_000;

    /// <summary>The bytes that all members of one top-level archive may inflate to. Default 1 GiB.</summary>
    public long MaxTotalUncompressed { get; init => field = Positive(value); } = 1L << 30;

    /// <summary>The largest ratio of inflated to stored bytes, per member and for the archive. Default 100.</summary>
    public int MaxCompressionRatio { get; init => field = Positive(value); } = 100;

    /// <summary>Inflated bytes below this floor are never refused for their ratio. Default 1 MiB.</summary>
    public long CompressionRatioFloor { get; init => field = Positive(value); } = 1L << 20;

    /// <summary>The nesting depth of archives in archives. Default 8.</summary>
    public int MaxArchiveDepth { get; init => field = Between(value, 1, 64); } = 8;

    /// <summary>The members of one top-level archive, nested ones included. Default 100,000.</summary>
    public int MaxArchiveEntries { get; init => field = Positive(value); } = 100_000;

    /// <summary>The longest name of an archive member or path in bytes. Default 1,024.</summary>
    public int MaxEntryNameLength { get; init => field = Positive(value); } = 1_024;

    /// <summary>The longest path of an input in UTF-16 code units. Default 4,096.</summary>
    public int MaxPathLength { get; init => field = Positive(value); } = 4_096;

    /// <summary>The sections of an executable. Default 1,000; a PE file may declare 65,535.</summary>
    public int MaxSections { get; init => field = Positive(value); } = 1_000;

    /// <summary>The symbols, imports or exports of an executable. Default 100,000.</summary>
    public int MaxSymbols { get; init => field = Positive(value); } = 100_000;

    /// <summary>The strings that are kept for one file. Default 10,000.</summary>
    public int MaxStrings { get; init => field = Positive(value); } = 10_000;

    /// <summary>The length of a string in characters; longer ones are split with their offset kept. Default 1,024.</summary>
    public int MaxStringLength { get; init => field = Between(value, 8, 1 << 20); } = 1_024;

    /// <summary>The findings that are kept for one top-level file. Default 10,000.</summary>
    public int MaxFindingsPerFile { get; init => field = Positive(value); } = 10_000;

    /// <summary>The largest text in bytes that rules for configuration and secrets look at in one piece. Default 48 MiB.</summary>
    public int MaxTextSize { get; init => field = Positive(value); } = 48 << 20;

    /// <summary>The objects (commits, trees and files) of a git history. Default 2,000,000.</summary>
    public int MaxHistoryObjects { get; init => field = Positive(value); } = 2_000_000;

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        return value;
    }

    private static long Positive(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        return value;
    }

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }

    private static int Between(int value, int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max);
        return value;
    }
}
