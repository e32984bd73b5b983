namespace SecurityToolchain.Scanning.History;

/// <summary>An object or file of a repository cannot be read. Becomes an issue of the report; never leaves the scanner.</summary>
#pragma warning disable CA1032, CA1064 // Always with a kind and a message, and caught inside the scanner.
internal sealed class GitFormatException(ScanIssueKind kind, string message) : Exception(message)
{
    public ScanIssueKind Kind => kind;
}
