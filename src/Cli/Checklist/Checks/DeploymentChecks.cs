using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Cli.Checklist.Checks;

/// <summary>What the scanner's rules for containers, clusters and pipelines say.</summary>
internal static class DeploymentChecks
{
    private static readonly string[] s_workloads = ["Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"];

    public static Func<RepositoryEvidence, ChecklistAnswer> Containers(string what, params string[] rules) => evidence =>
        Judge(evidence, what, rules, [.. evidence.Dockerfiles.Select(evidence.Relative), .. evidence.Manifests(s_workloads)], "there is no container file and no workload");

    public static Func<RepositoryEvidence, ChecklistAnswer> Cluster(string what, params string[] rules) => evidence =>
        Judge(evidence, what, rules, evidence.Manifests(s_workloads), "there is no Kubernetes workload");

    public static ChecklistAnswer NetworkPolicies(RepositoryEvidence evidence)
    {
        IReadOnlyList<string> workloads = evidence.Manifests(s_workloads);
        if (workloads.Count == 0)
            return ChecklistAnswer.NotApplicable("there is no Kubernetes workload");
        IReadOnlyList<string> policies = evidence.Manifests("NetworkPolicy");
        return policies.Count == 0
            ? ChecklistAnswer.Fail($"{workloads[0]} has a workload, and no file has a NetworkPolicy")
            : Judge(evidence, "a network policy that selects nothing", ["STC8067"], policies, string.Empty);
    }

    public static ChecklistAnswer LeastPrivilege(RepositoryEvidence evidence) => Judge(
        evidence, "more rights than needed", ["STC8060", "STC8064", "STC8065", "STC8068", "STC8070", "STC8071"],
        [.. evidence.Dockerfiles.Select(evidence.Relative), .. evidence.Manifests(s_workloads), .. evidence.Workflows.Select(evidence.Relative)],
        "there is no container, no workload and no pipeline here");

    private static ChecklistAnswer Judge(RepositoryEvidence evidence, string what, string[] rules, IReadOnlyList<string> subjects, string absent)
    {
        if (subjects.Count == 0)
            return ChecklistAnswer.NotApplicable(absent);
        Finding[] all = [.. evidence.DeploymentFindings.Where(finding => subjects.Contains(finding.Location.Path))];
        string[] found = [.. all.Where(finding => rules.Contains(finding.RuleId)).Select(finding => $"{finding.Location.Path}:{Math.Max(1, finding.Location.Line)} {finding.RuleId}: {finding.Message}")];
        if (found.Length > 0)
            return ChecklistAnswer.Fail(found);
        // A file that could not be read to its end proves nothing.
        Finding? unread = Array.Find(all, static finding => finding.RuleId == ScanRules.Incomplete.Id);
        return unread is null
            ? ChecklistAnswer.Pass($"no finding about {what} in {string.Join(", ", subjects.Take(5))}{(subjects.Count > 5 ? $" and {subjects.Count - 5} more" : "")}")
            : ChecklistAnswer.Manual($"{unread.Location.Path}: {unread.Message}");
    }
}
