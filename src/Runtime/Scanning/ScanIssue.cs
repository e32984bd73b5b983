using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning;

/// <summary>Something that was not looked at, and why.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Message">Names the thing, the limit and the value.</param>
/// <param name="Location">The place.</param>
public sealed record ScanIssue(ScanIssueKind Kind, string Message, FindingLocation Location);
