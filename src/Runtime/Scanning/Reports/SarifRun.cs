using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>What goes into one <c>run</c> of a SARIF log.</summary>
public sealed record SarifRun
{
    /// <summary>The name of the tool component.</summary>
    public string ToolName { get; init; } = "SecurityToolchain";

    /// <summary>The version of the tool, <c>major.minor.patch</c>.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The page of the tool.</summary>
    public string InformationUri { get; init; } = "https://github.com/securitytoolchain/securitytoolchain";

    /// <summary>Tells runs of one upload apart, for example <c>packages/</c>; null leaves it out.</summary>
    public string? AutomationId { get; init; }

    /// <summary>Every rule that ran, whether it reported or not. Rules of findings that are not listed are added.</summary>
    public ImmutableArray<RuleMetadata> Rules { get; init; } = [];

    /// <summary>The findings in any order; the writer sorts them.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What the tool has to say about itself: limits reached, files it could not read.</summary>
    public IReadOnlyList<SarifNotification> Notifications { get; init; } = [];

    /// <summary>Whether the run did all it was asked to do.</summary>
    public bool ExecutionSuccessful { get; init; } = true;
}
