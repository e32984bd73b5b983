using System.Collections.Immutable;
using SecurityToolchain.Scanning.Caching;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning;

/// <summary>What a scan does. Immutable; one value may serve many engines.</summary>
public sealed record ScanOptions
{
    /// <summary>The limits.</summary>
    public ScanLimits Limits { get; init; } = ScanLimits.Default;

    /// <summary>The digests to compute for each file. Default SHA-256.</summary>
    public DigestAlgorithms Digests { get; init; } = DigestAlgorithms.Sha256;

    /// <summary>Whether to compute the similarity digest. Default off.</summary>
    public bool SimilarityDigest { get; init; }

    /// <summary>Whether the extracted strings are kept in the result. Default off; analyzers see the content either way.</summary>
    public bool KeepStrings { get; init; }

    /// <summary>Whether results of archive members are kept one by one. Their findings are kept in any case. Default on.</summary>
    public bool KeepMembers { get; init; } = true;

    /// <summary>The number of threads, 0 for one per processor. The report is the same for every value.</summary>
    public int Threads { get; init; }

    /// <summary>The directory that report paths are relative to; null takes the current directory.</summary>
    public string? RootDirectory { get; init; }

    /// <summary>Names of directories that are not entered, for example <c>.git</c>. Each is counted in the report's notes by the command line.</summary>
    public ImmutableArray<string> ExcludedDirectories { get; init; } = [];

    /// <summary>The analyzers; null takes <see cref="DefaultAnalyzers"/>. A matcher of signatures is one more entry of this list.</summary>
    public ImmutableArray<IContentAnalyzer>? Analyzers { get; init; }

    /// <summary>Verdicts of earlier scans, or null.</summary>
    public IVerdictCache? Cache { get; init; }

    /// <summary>
    /// Whether the cache is asked by content alone. Otherwise a file with the identity (device, inode, size, times of change) that it had
    /// when it was last scanned is not read again. Default off.
    /// </summary>
    public bool VerifyContent { get; init; }

    /// <summary>Takes part of the inputs only: this shard's index, 0 to <see cref="ShardCount"/> - 1.</summary>
    public int ShardIndex { get; init; }

    /// <summary>The number of shards; 1 takes every input.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>The clock for deadlines.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
