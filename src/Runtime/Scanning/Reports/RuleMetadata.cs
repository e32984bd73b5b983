using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.Reports;

/// <summary>What a report says about a rule, whichever engine it belongs to.</summary>
public sealed record RuleMetadata
{
    /// <summary>Creates the description of a rule.</summary>
    /// <param name="id">The stable id, for example <c>STC8001</c>.</param>
    /// <param name="name">The weakness in kebab case, for example <c>extension-mismatch</c>.</param>
    /// <param name="title">One line without a full stop.</param>
    /// <param name="severity">The severity without any configuration.</param>
    public RuleMetadata(string id, string name, string title, FindingSeverity severity)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(title);
        Id = id;
        Name = name;
        Title = title;
        Severity = severity;
    }

    /// <summary>The stable id.</summary>
    public string Id { get; init; }

    /// <summary>The weakness in kebab case.</summary>
    public string Name { get; init; }

    /// <summary>One line.</summary>
    public string Title { get; init; }

    /// <summary>The severity without any configuration.</summary>
    public FindingSeverity Severity { get; init; }

    /// <summary>What the rule looks for and why it matters; empty for the title alone.</summary>
    public string Description { get; init; } = "";

    /// <summary>What to do about a finding; empty when the message says it.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>The page of the rule, or null.</summary>
    public string? HelpUri { get; init; }

    /// <summary>CWE numbers, the most specific first.</summary>
    public ImmutableArray<int> Cwes { get; init; } = [];

    /// <summary>Further tags in kebab case, for example the number of a public checklist.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
