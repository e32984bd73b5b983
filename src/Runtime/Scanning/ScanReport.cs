using System.Collections.Immutable;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning;

/// <summary>The result of a scan, in an order that does not depend on threads or the file system.</summary>
public sealed record ScanReport
{
    /// <summary>The files in ordinal order of their paths.</summary>
    public required ImmutableArray<FileScanResult> Files { get; init; }

    /// <summary>All findings of all files in order, with those that say what was not looked at.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>All issues in the order of their files.</summary>
    public required ImmutableArray<ScanIssue> Issues { get; init; }

    /// <summary>The files that were read, members of archives included.</summary>
    public required long FileCount { get; init; }

    /// <summary>The bytes that were read from top-level files.</summary>
    public required long ByteCount { get; init; }

    /// <summary>The weightiest verdict.</summary>
    public required ScanVerdict Verdict { get; init; }

    /// <summary>False when something was not looked at, whatever the verdict.</summary>
    public bool IsComplete => Issues.IsEmpty;
}
