namespace SecurityToolchain.Cli.Checklist.Checks;

/// <summary>What project files and their imports show.</summary>
internal static class ProjectChecks
{
    private const string GateSdk = "SecurityToolchain.Sdk";
    private const string AnalyzerPackage = "SecurityToolchain.Analyzers";

    public static ChecklistAnswer Audit(RepositoryEvidence evidence)
    {
        string[] off = [.. evidence.MsBuildFiles.Where(static file => file.Sets("NuGetAudit", "false")).Select(static file => $"{file.Path} sets NuGetAudit to false")];
        if (off.Length > 0)
            return ChecklistAnswer.Fail(off);
        IReadOnlyList<string> known = evidence.Log.FindingsOf("NU190", "STC7");
        if (known.Count > 0)
            return ChecklistAnswer.Fail([.. known.Select(static finding => $"found by the build: {finding}")]);
        if (!evidence.Projects.Any())
            return ChecklistAnswer.NotApplicable("there is no project");
        string? gate = evidence.MsBuildFiles.FirstOrDefault(static file => file.ImportsSdk(GateSdk))?.Path;
        return gate is null
            ? ChecklistAnswer.Manual("NuGet's own audit is on, which warns about direct packages only; 'sectool init' installs the package gate")
            : ChecklistAnswer.Pass($"the package gate is imported by {gate}");
    }

    public static ChecklistAnswer AnalyzersAsErrors(RepositoryEvidence evidence)
    {
        ProjectFile[] projects = [.. evidence.Projects.Where(project => !evidence.IsTest(project))];
        if (projects.Length == 0)
            return ChecklistAnswer.NotApplicable("there is no project");
        var missing = new List<string>();
        foreach (ProjectFile project in projects)
        {
            ProjectFile[] files = [.. evidence.FilesFor(project)];
            if (!files.Any(static file => file.Items("PackageReference").Concat(file.Items("GlobalPackageReference")).Contains(AnalyzerPackage, StringComparer.OrdinalIgnoreCase)))
                missing.Add($"{project.Path} does not reference {AnalyzerPackage}");
            else if (!files.Any(static file => file.Sets("TreatWarningsAsErrors", "true") || file.Properties("WarningsAsErrors").Any(static list => list.Contains("STC", StringComparison.Ordinal))))
                missing.Add($"{project.Path} lets warnings pass: neither TreatWarningsAsErrors nor WarningsAsErrors covers it");
        }

        return missing.Count > 0 ? ChecklistAnswer.Fail(missing) : ChecklistAnswer.Pass($"all {projects.Length} projects reference {AnalyzerPackage} and treat its warnings as errors");
    }

    public static ChecklistAnswer PackagePolicy(RepositoryEvidence evidence)
    {
        string[] findings = [.. evidence.DeploymentFindings.Where(static finding => finding.RuleId is "STC8072" or "STC8073").Select(static finding => $"{finding.Location.Path}: {finding.Message}")];
        if (findings.Length > 0)
            return ChecklistAnswer.Fail(findings);
        string? policy = evidence.FindNamed("security-toolchain.json");
        int locked = evidence.FilesEndingIn("packages.lock.json").Count();
        int projects = evidence.Projects.Count();
        if (projects == 0)
            return ChecklistAnswer.NotApplicable("there is no project");
        if (policy is null && locked == 0)
            return ChecklistAnswer.Fail("there is neither a gate policy (security-toolchain.json) nor a lock file (packages.lock.json)");
        return ChecklistAnswer.Pass($"{policy ?? "no gate policy"}, {locked} lock files for {projects} projects; licences are for a person to read");
    }

    public static ChecklistAnswer UnsafeCode(RepositoryEvidence evidence)
    {
        if (!evidence.Projects.Any())
            return ChecklistAnswer.NotApplicable("there is no project");
        string[] allowing = [.. evidence.MsBuildFiles.Where(static file => file.Sets("AllowUnsafeBlocks", "true")).Select(static file => $"{file.Path} allows unsafe code: read it")];
        IReadOnlyList<string> found = evidence.Log.FindingsOf("STC60");
        if (found.Count > 0)
            return ChecklistAnswer.Fail(found);
        return allowing.Length > 0 ? ChecklistAnswer.Manual(allowing) : ChecklistAnswer.Pass("no project allows unsafe code");
    }
}
