namespace SecurityToolchain.Scanning.Reports;

/// <summary>A message of the tool about its own run (SARIF 2.1.0, section 3.58).</summary>
/// <param name="Severity">The weight.</param>
/// <param name="Id">A stable code, for example <c>STC9010</c>.</param>
/// <param name="Message">What happened, naming the thing, the limit and the value.</param>
/// <param name="Location">The place, or null.</param>
public sealed record SarifNotification(FindingSeverity Severity, string Id, string Message, FindingLocation? Location);
