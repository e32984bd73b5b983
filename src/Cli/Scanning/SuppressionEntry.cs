using SecurityToolchain.Scanning.Inputs;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>One accepted kind of finding from the configuration file.</summary>
internal sealed class SuppressionEntry(string rule, string path, string reason)
{
    private readonly GlobPattern _pattern = new(path);

    /// <summary>Why it is accepted.</summary>
    public string Reason => reason;

    /// <summary>Whether the entry covers a finding.</summary>
    public bool Covers(Finding finding) =>
        (rule == "*" || finding.RuleId.Equals(rule, StringComparison.OrdinalIgnoreCase)) && (_pattern.IsMatch(finding.Location.Path) || _pattern.IsMatch(finding.Location.DisplayPath));
}
