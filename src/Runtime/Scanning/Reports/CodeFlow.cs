using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>The way of a value from its source (first step) to the place of the finding (last step).</summary>
/// <param name="Steps">The steps in the order of execution; each may carry a message.</param>
public sealed record CodeFlow(ImmutableArray<FindingLocation> Steps);
