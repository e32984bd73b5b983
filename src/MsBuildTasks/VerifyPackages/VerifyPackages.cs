using System.Reflection;
using Microsoft.Build.Framework;
using SecurityToolchain.MsBuildTasks.Gate;
using SecurityToolchain.MsBuildTasks.Stamps;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks;

/// <summary>Verifies the restored packages of a project; the second and third line of the package gate.</summary>
public sealed class VerifyPackages : SecurityTask
{
    /// <summary>When the task runs: <c>Restore</c> or <c>Build</c>.</summary>
    [Required]
    public string Phase { get; set; } = "";

    /// <summary>The full path of the project file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The value of <c>MSBuildProjectExtensionsPath</c>.</summary>
    [Required]
    public string ExtensionsFolder { get; set; } = "";

    /// <summary>The assets file that the build reads; empty takes the one in the extensions folder.</summary>
    public string? AssetsFile { get; set; }

    /// <summary>The value of <c>NuGetPackageRoot</c> in this evaluation.</summary>
    public string? PackageRoot { get; set; }

    /// <summary>The value of <c>NuGetLockFilePath</c>.</summary>
    public string? LockFile { get; set; }

    /// <summary>The value of <c>ExcludeRestorePackageImports</c>: whether this evaluation left out what packages contribute.</summary>
    public bool PackageImportsExcluded { get; set; }

    /// <summary>Whether an IDE asks for its own use, not for a build.</summary>
    public bool DesignTime { get; set; }

    /// <summary>Where the SARIF report goes; empty writes it beside the assets file.</summary>
    public string? SarifFile { get; set; }

    /// <summary>The projects that this one references, as full paths.</summary>
    [Output]
    public ITaskItem[] ReferencedProjects { get; private set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        GatePhase phase = Enum.Parse<GatePhase>(Phase, ignoreCase: true);
        var request = new GateRequest
        {
            ProjectFile = ProjectFile,
            ExtensionsFolder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile)!, ExtensionsFolder)),
            AssetsFile = AssetsFile,
            LockFile = LockFile,
            PackageRoot = PackageRoot,
            SdkFolder = Path.GetDirectoryName(typeof(Microsoft.Build.Utilities.Task).Assembly.Location)!,
            Key = StateKey.Open(),
            Progress = (done, total) => Log.LogMessage(MessageImportance.High, "SecurityToolchain gate: {0} of {1} packages checked ...", done, total),
        };
        GateReport report = PackageGate.Verify(request);
        if (!report.IsRestored)
            return;

        ReferencedProjects = [.. report.ReferencedProjects.Select(static path => new Microsoft.Build.Utilities.TaskItem(path))];
        bool isNews = phase == GatePhase.Restore || !report.FromStamp;
        foreach (Finding finding in report.Findings.Where(finding => isNews || finding.Severity == FindingSeverity.Error))
            LogFinding(finding);
        if (report.Passed && phase == GatePhase.Build && PackageImportsExcluded && report.HasPackageImports)
            LogTooLate();
        if (!report.FromStamp)
            WriteSarif(request, report);
        Log.LogMessage(isNews ? MessageImportance.High : MessageImportance.Low, "{0}", report.Summary);
        Log.LogMessage(MessageImportance.Normal, "SecurityToolchain gate: processor time {0:F0} ms", report.ProcessorTime.TotalMilliseconds);
    }

    // An IDE evaluates again on its own when the files beside the assets file change; a build would go on without what packages contribute.
    private void LogTooLate()
    {
        Finding finding = GateFindings.ForProject(GateRules.BuildAgain, ProjectFile, "the packages hold, but their props and targets were left out of this evaluation");
        LogFinding(DesignTime ? finding with { Severity = FindingSeverity.Warning } : finding);
    }

    private void WriteSarif(GateRequest request, GateReport report)
    {
        string path = string.IsNullOrEmpty(SarifFile)
            ? Path.Combine(request.ExtensionsFolder, request.ProjectFileName + ".gate.sarif")
            : Path.GetFullPath(Path.Combine(request.ProjectFolder, SarifFile));
        ReplacedFile.Write(path, stream => GateSarif.Write(stream, report.Findings, request.ProjectFolder));
    }
}
