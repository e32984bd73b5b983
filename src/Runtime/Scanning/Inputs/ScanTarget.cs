namespace SecurityToolchain.Scanning.Inputs;

/// <summary>One file to scan, or one thing that was found and is not scanned.</summary>
internal sealed record ScanTarget
{
    /// <summary>The path in the report, with forward slashes.</summary>
    public required string ReportPath { get; init; }

    /// <summary>The full path.</summary>
    public required string FullPath { get; init; }

    /// <summary>The directory that the file was found under; null for a file that the user named.</summary>
    public DirectoryHandle? Root { get; init; }

    /// <summary>The path below <see cref="Root"/>.</summary>
    public string RelativePath { get; init; } = "";

    /// <summary>The length in bytes that the directory told; for progress only.</summary>
    public long LengthHint { get; init; }

    /// <summary>Why the thing is not scanned, or null.</summary>
    public ScanIssueKind? Problem { get; init; }

    /// <summary>The reason in words.</summary>
    public string ProblemMessage { get; init; } = "";
}
