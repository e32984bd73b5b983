namespace SecurityToolchain.Scanning.Reports;

/// <summary>Why a finding that exists is not counted.</summary>
/// <param name="Kind">Where the decision lives: in the scanned file or in a file beside it.</param>
/// <param name="Justification">The reason that was written down; never empty.</param>
public sealed record Suppression(SuppressionKind Kind, string Justification);
