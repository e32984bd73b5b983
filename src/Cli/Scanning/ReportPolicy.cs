using System.Collections.Immutable;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>Applies severities, suppressions and a baseline to a report, and decides the exit code.</summary>
internal static class ReportPolicy
{
    public static ScanReport Apply(ScanReport report, ScanConfiguration configuration, Baseline? baseline)
    {
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>(report.Findings.Length);
        foreach (Finding original in report.Findings)
        {
            Finding finding = original;
            if (configuration.Severities.TryGetValue(finding.RuleId, out FindingSeverity? severity))
            {
                if (severity is null)
                    continue;
                finding = finding with { Severity = severity.Value };
            }

            if (finding.Suppression is null && configuration.Suppressions.FirstOrDefault(entry => entry.Covers(finding)) is { } entry)
                finding = finding with { Suppression = new Suppression(SuppressionKind.External, entry.Reason) };
            findings.Add(finding);
        }

        ImmutableArray<Finding> result = findings.ToImmutable();
        return report with { Findings = baseline is null ? result : baseline.Apply(result) };
    }

    public static int ExitCode(ScanReport report, FindingSeverity? failOn, bool allowIncomplete)
    {
        bool reached = failOn is { } threshold && report.Findings.Any(finding =>
            finding.Severity >= threshold && finding.Suppression is null && finding.Baseline != BaselineState.Unchanged && finding.RuleId != SecurityToolchain.Scanning.Rules.ScanRules.Incomplete.Id);
        if (reached)
            return ScanExitCodes.Findings;
        // An issue that was accepted by name is not counted again.
        bool incomplete = report.Findings.Any(static finding =>
            finding.RuleId == SecurityToolchain.Scanning.Rules.ScanRules.Incomplete.Id && finding.Suppression is null && finding.Baseline != BaselineState.Unchanged);
        return incomplete && !allowIncomplete ? ScanExitCodes.Incomplete : ScanExitCodes.Clean;
    }
}
