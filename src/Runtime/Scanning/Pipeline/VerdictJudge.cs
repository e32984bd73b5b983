using System.Collections.Immutable;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>The verdict that findings add up to.</summary>
internal static class VerdictJudge
{
    /// <summary>The worst of a file's own findings and its members' verdicts; what could not be looked at is not clean.</summary>
    public static ScanVerdict Judge(List<Finding> findings, List<ScanIssue> issues, ImmutableArray<FileScanResult> members)
    {
        ScanVerdict verdict = issues.Count > 0 ? ScanVerdict.Incomplete : ScanVerdict.Clean;
        foreach (Finding finding in findings)
        {
            if (finding.Rule.Tags.Contains(ScanRules.MaliciousTag))
                verdict = ScanVerdict.Malicious;
            else if (finding.Severity >= FindingSeverity.Warning && finding.Suppression is null && finding.RuleId != ScanRules.Incomplete.Id && verdict < ScanVerdict.Suspicious)
                verdict = ScanVerdict.Suspicious;
        }

        foreach (FileScanResult member in members)
        {
            if (member.Verdict > verdict)
                verdict = member.Verdict;
        }

        return verdict;
    }
}
