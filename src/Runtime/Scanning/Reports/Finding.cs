using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>
/// One result of a rule. The text in it is safe to print: whoever makes a finding has redacted secrets and escaped control characters.
/// </summary>
public sealed record Finding
{
    /// <summary>Creates a finding with the default severity of its rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="message">What was found, naming the thing, the limit and the value.</param>
    /// <param name="location">The place.</param>
    public Finding(RuleMetadata rule, string message, FindingLocation location)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentException.ThrowIfNullOrEmpty(message);
        ArgumentNullException.ThrowIfNull(location);
        Rule = rule;
        Severity = rule.Severity;
        Message = message;
        Location = location;
    }

    /// <summary>The rule that reports.</summary>
    public RuleMetadata Rule { get; init; }

    /// <summary>The id of the rule.</summary>
    public string RuleId => Rule.Id;

    /// <summary>The severity of this finding.</summary>
    public FindingSeverity Severity { get; init; }

    /// <summary>What was found.</summary>
    public string Message { get; init; }

    /// <summary>The place.</summary>
    public FindingLocation Location { get; init; }

    /// <summary>The text or value that proves the finding, sanitised and redacted; null when the message says it all.</summary>
    public string? Evidence { get; init; }

    /// <summary>
    /// What stays the same when lines move: the part of the finding's identity beside rule and path. Null takes the evidence, or the message.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>Further places that explain the finding.</summary>
    public ImmutableArray<FindingLocation> RelatedLocations { get; init; } = [];

    /// <summary>Flows from a source to the finding.</summary>
    public ImmutableArray<CodeFlow> CodeFlows { get; init; } = [];

    /// <summary>Set when the finding is known and accepted; null counts it.</summary>
    public Suppression? Suppression { get; init; }

    /// <summary>How the finding compares with the baseline.</summary>
    public BaselineState Baseline { get; init; }

    /// <summary>Further facts, printed in the order of their names.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
