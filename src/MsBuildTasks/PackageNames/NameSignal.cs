using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>Why a package id is suspicious.</summary>
/// <param name="Rule">The rule; its severity says how much the signal weighs.</param>
/// <param name="Evidence">What was seen, one line.</param>
/// <param name="LookAlike">The well-known id that it may be taken for; null for a signal of the id alone.</param>
public sealed record NameSignal(RuleMetadata Rule, string Evidence, string? LookAlike);
