using System.Collections.Immutable;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning;

/// <summary>Everything that one read of a file told.</summary>
public sealed record FileScanResult
{
    /// <summary>The path in the report; members of archives are <c>outer!/inner</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The size in bytes that was read.</summary>
    public required long Size { get; init; }

    /// <summary>The format by content.</summary>
    public required FileFormat Format { get; init; }

    /// <summary>The digests that were asked for; empty when the content could not be read to its end.</summary>
    public ImmutableArray<Digest> Digests { get; init; } = [];

    /// <summary>The similarity digest, or null.</summary>
    public string? SimilarityDigest { get; init; }

    /// <summary>Shannon entropy in bits per byte, 0 to 8; null when it was not computed.</summary>
    public double? Entropy { get; init; }

    /// <summary>Strings, when they were asked for.</summary>
    public ImmutableArray<ExtractedString> Strings { get; init; } = [];

    /// <summary>Facts about the content, in the order of their names.</summary>
    public ImmutableSortedDictionary<string, string> Facts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The findings in order.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>What was not looked at.</summary>
    public ImmutableArray<ScanIssue> Issues { get; init; } = [];

    /// <summary>The members of an archive in their order in the archive.</summary>
    public ImmutableArray<FileScanResult> Members { get; init; } = [];

    /// <summary>The work units that were spent, by spender; on the top-level file only.</summary>
    public ImmutableSortedDictionary<string, long> Work { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>The most bytes that buffers of the file and its members held at one time; on the top-level file only.</summary>
    public long PeakMemory { get; init; }

    /// <summary>The verdict over the file and its members.</summary>
    public ScanVerdict Verdict { get; init; }

    /// <summary>Whether the result came from the cache.</summary>
    public bool FromCache { get; init; }
}
