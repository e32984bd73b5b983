namespace SecurityToolchain.MsBuildTasks.Policy;

/// <summary>A finding that somebody looked at and accepts for a time.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Packages">The packages.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Expires">The last day, in UTC, on which the entry counts.</param>
/// <param name="Line">The 1-based line of the entry.</param>
public sealed record AllowEntry(string RuleId, PackagePattern Packages, string Reason, DateOnly Expires, int Line);
