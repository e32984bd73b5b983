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

    /// <summary>Joins two reports of one run.</summary>
    /// <param name="other">The other report.</param>
    public ScanReport Join(ScanReport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ScanReport
        {
            Files = [.. Files.Concat(other.Files).OrderBy(static file => file.Path, StringComparer.Ordinal)],
            Findings = [.. Findings.Concat(other.Findings).Order(FindingOrder.Instance)],
            Issues = [.. Issues, .. other.Issues],
            FileCount = FileCount + other.FileCount,
            ByteCount = ByteCount + other.ByteCount,
            Verdict = Verdict > other.Verdict ? Verdict : other.Verdict,
        };
    }
}
