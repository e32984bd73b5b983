using Microsoft.Build.Framework;
using SecurityToolchain.MsBuildTasks.Gate;
using SecurityToolchain.MsBuildTasks.PackageNames;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Policy;
using SecurityToolchain.MsBuildTasks.Stamps;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks;

/// <summary>Checks the names of the packages that a project asks for, before restore downloads anything; the first line of the package gate.</summary>
public sealed class CheckPackageNames : SecurityTask
{
    /// <summary>The full path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The items of <c>PackageReference</c>, global ones among them.</summary>
    public ITaskItem[] PackageReferences { get; set; } = [];

    /// <summary>The items of <c>PackageDownload</c>.</summary>
    public ITaskItem[] PackageDownloads { get; set; } = [];

    /// <summary>The items of <c>PackageVersion</c>: with transitive pinning they, too, decide what is downloaded.</summary>
    public ITaskItem[] PackageVersions { get; set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        string[] ids = [.. PackageReferences.Concat(PackageDownloads).Concat(PackageVersions)
            .Select(static item => item.ItemSpec).Where(static id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        CleanNames clean = CleanNames.Load(StateKey.Open());
        ids = [.. ids.Where(id => !clean.Contains(id))];
        if (ids.Length == 0)
            return;

        var findings = new List<Finding>();
        string? policyPath = GatePolicy.Find(Path.GetDirectoryName(ProjectFile)!);
        GatePolicy policy = PackageGate.ReadPolicy(policyPath, policyPath is null ? null : File.ReadAllBytes(policyPath), today, findings);
        foreach (string id in ids)
            findings.AddRange(PackageGate.NameFindings(new PackageIdentity(id, ""), ProjectFile, policy, today));

        // Warnings come once, with the restored graph; here only what has to stop the download.
        foreach (Finding finding in findings.Where(static finding => finding.Severity == FindingSeverity.Error))
            LogFinding(finding);
        clean.Add(ids.Where(static id => PackageNameChecker.Default.Check(id) is null));
    }
}
