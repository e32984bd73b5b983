using System.Collections.Immutable;
using System.Diagnostics;
using SecurityToolchain.MsBuildTasks.PackageNames;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Policy;
using SecurityToolchain.MsBuildTasks.Restore;
using SecurityToolchain.MsBuildTasks.Signatures;
using SecurityToolchain.MsBuildTasks.Stamps;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>
/// The package gate: verifies the restored packages of a project and leaves a stamp when nothing stands against a build. The same engine
/// serves the MSBuild task and <c>sectool verify</c>.
/// </summary>
public static class PackageGate
{
    /// <summary>Verifies the packages of a project.</summary>
    /// <param name="request">What to verify.</param>
    /// <returns>The findings; a project that was not restored has none.</returns>
    /// <exception cref="IOException">A file of the project cannot be read.</exception>
    public static GateReport Verify(GateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        long start = Stopwatch.GetTimestamp();
        TimeSpan processorStart = Environment.CpuUsage.TotalTime;
        if (GateInputs.Read(request) is not { } inputs)
        {
            EvaluationGuard.Remove(request);
            return new GateReport { IsRestored = false };
        }

        DateOnly today = DateOnly.FromDateTime(request.Time.GetUtcNow().UtcDateTime);
        GateReport report = (request.UseStamp ? FromStamp(request, inputs, today) : null) ?? VerifyInFull(request, inputs, today);
        return report with
        {
            Elapsed = Stopwatch.GetElapsedTime(start),
            ProcessorTime = Environment.CpuUsage.TotalTime - processorStart,
        };
    }

    private static GateReport? FromStamp(GateRequest request, GateInputs inputs, DateOnly today)
    {
        if (GateStamp.Read(request) is not { } stamp || stamp.Key != inputs.Key || stamp.ValidUntil < today || !File.Exists(EvaluationGuard.PathOf(request)))
            return null;
        foreach (PackageRecord record in stamp.Packages)
        {
            if (!record.IsUnchanged())
                return null;
        }

        ImmutableArray<Finding> findings = RootFinding(request, stamp.PackageRoot) is { } finding
            ? stamp.Warnings.Add(finding)
            : stamp.Warnings;
        return new GateReport
        {
            Findings = findings,
            PackageCount = stamp.Packages.Length,
            FromStamp = true,
            HasPackageImports = stamp.HasPackageImports,
            ReferencedProjects = stamp.ReferencedProjects,
        };
    }

    private static GateReport VerifyInFull(GateRequest request, GateInputs inputs, DateOnly today)
    {
        var findings = new List<Finding>();
        GatePolicy policy = ReadPolicy(inputs, today, findings);
        if (inputs.IsVerificationOff)
            findings.Add(GateFindings.ForProject(GateRules.VerificationSwitchedOff, request.ProjectFile, $"the environment has {inputs.VerificationSetting}"));

        ProjectAssets assets;
        try
        {
            assets = ProjectAssets.Read(inputs.Assets, request.ProjectFolder);
            PinHashes(assets, inputs);
        }
        catch (InvalidDataException exception)
        {
            findings.Add(GateFindings.ForProject(GateRules.Incomplete, request.ProjectFile, exception.Message));
            return Finish(request, inputs, findings, [], null, policy);
        }

        foreach (string missing in assets.Missing)
            findings.Add(GateFindings.ForProject(GateRules.Incomplete, request.ProjectFile, $"{missing} is in no package folder"));
        var judge = new PackageJudge(policy, today, request.ProjectFile);
        foreach (PackageUse use in assets.Packages)
            findings.AddRange(NameFindings(use.Package, request.ProjectFile, policy, today));

        PackageExamination[] examinations = Examine(request, assets.Packages);
        foreach (PackageExamination examination in examinations)
            findings.AddRange(judge.Judge(examination));
        return Finish(request, inputs, findings, examinations, assets, policy);
    }

    /// <summary>Examines packages on all processors.</summary>
    internal static PackageExamination[] Examine(GateRequest request, ImmutableArray<PackageUse> uses)
    {
        var examiner = new PackageExaminer(TrustedRoots.Load(request.SdkFolder), new RecordStore(request.UseStamp ? request.Key : null), request.Time);
        var examinations = new PackageExamination[uses.Length];
        var progress = new GateProgress(request.Progress, uses.Length);

        // The largest archives first: one that is left for the end would keep a single processor busy while the others wait.
        int[] order = [.. Enumerable.Range(0, uses.Length)];
        Array.Sort(Array.ConvertAll(order, index => -SizeOf(uses[index].ArchivePath)), order);
        int next = -1;
        Parallel.For(0, Math.Min(Environment.ProcessorCount, uses.Length), _ =>
        {
            for (int position = Interlocked.Increment(ref next); position < order.Length; position = Interlocked.Increment(ref next))
            {
                int index = order[position];
                examinations[index] = examiner.Examine(uses[index]);
                progress.Advance();
            }
        });
        return examinations;
    }

    // What is missing is no reason to stop here: the examination says so.
    private static long SizeOf(string path) => FileStamp.Read(path)?.Size ?? 0;

    /// <summary>The findings about the name of a package that the policy does not allow.</summary>
    internal static IEnumerable<Finding> NameFindings(PackageIdentity package, string path, GatePolicy policy, DateOnly today)
    {
        if (PackageNameChecker.Default.Check(package.Id) is not { } signal || policy.Allows(signal.Rule.Id, package.Id, today))
            return [];
        return [GateFindings.ForPackage(signal.Rule, package, path, signal.Evidence)];
    }

    /// <summary>Reads the policy; problems become findings, and the defaults hold instead.</summary>
    internal static GatePolicy ReadPolicy(GateInputs inputs, DateOnly today, ICollection<Finding> findings) =>
        ReadPolicy(inputs.PolicyPath, inputs.Policy, today, findings);

    internal static GatePolicy ReadPolicy(string? path, byte[]? content, DateOnly today, ICollection<Finding> findings)
    {
        if (path is null || content is null)
            return GatePolicy.Default;
        try
        {
            GatePolicy policy = GatePolicyReader.Read(content, path);
            foreach (AllowEntry entry in policy.Allow.Where(entry => entry.Expires < today))
            {
                findings.Add(GateFindings.ForProject(
                    GateRules.ExpiredPolicyEntry, path, $"the entry for {entry.RuleId} and '{entry.Packages}' ended on {entry.Expires:yyyy-MM-dd}", entry.Line));
            }

            return policy;
        }
        catch (PolicyException exception)
        {
            findings.Add(GateFindings.ForProject(GateRules.InvalidPolicy, path, exception.Message, exception.Line));
            return GatePolicy.Default;
        }
    }

    private static void PinHashes(ProjectAssets assets, GateInputs inputs)
    {
        if (inputs.LockFile is null)
            return;
        LockFile lockFile = LockFile.Read(inputs.LockFile);
        foreach (PackageUse use in assets.Packages)
            use.LockedHash = lockFile.Hashes.GetValueOrDefault(use.Package);
    }

    private static GateReport Finish(
        GateRequest request, GateInputs inputs, List<Finding> findings, PackageExamination[] examinations, ProjectAssets? assets, GatePolicy policy)
    {
        bool hasImports = false;
        if (assets is { PackageFolders: [var root, ..] })
        {
            if (RootFinding(request, root) is { } rootFinding)
                findings.Add(rootFinding);
            hasImports = GrantImports(request, findings, examinations, root);
        }

        findings.Sort(FindingOrder.Instance);
        var report = new GateReport
        {
            Findings = [.. findings],
            PackageCount = examinations.Length,
            HasPackageImports = hasImports,
            ReferencedProjects = assets?.ReferencedProjects ?? [],
        };
        if (!request.UseStamp)
            return report;
        if (!report.Passed)
        {
            GateStamp.Remove(request);
            EvaluationGuard.Remove(request);
            return report;
        }

        // A finding that the policy allows leaves a package without a record: nothing to compare later, so nothing to remember.
        if (examinations.Any(static examination => examination.Record is null))
            return report;
        new GateStamp
        {
            Key = inputs.Key,
            ValidUntil = policy.Allow.Select(static entry => entry.Expires).Append(DateOnly.MaxValue).Min(),
            PackageRoot = assets is { PackageFolders: [var first, ..] } ? first : "",
            HasPackageImports = hasImports,
            ReferencedProjects = report.ReferencedProjects,
            Packages = [.. examinations.Select(static examination => examination.Record!)],
            Warnings = report.Findings,
        }.Write(request);
        return report;
    }

    // Checks NuGet's generated imports against the verified packages and, when nothing is wrong so far, lets MSBuild import them.
    private static bool GrantImports(GateRequest request, List<Finding> findings, PackageExamination[] examinations, string root)
    {
        try
        {
            GeneratedImports generated = GeneratedImports.Read(request.ExtensionsFolder, request.ProjectFileName, root);
            var verified = examinations.Where(static examination => examination.Record is not null && examination.Use.WholePackage)
                .SelectMany(static examination => examination.Record!.Files
                    .Where(static file => file.Sha256.Length > 0 && PackageLayout.IsBuildLogic(file.Path))
                    .Select(file => Path.GetFullPath(Path.Combine(examination.Use.Folder, file.Path))))
                .ToHashSet(StringComparer.Ordinal);
            foreach (string import in generated.Imports.Where(import => File.Exists(import) && !verified.Contains(import)))
                findings.Add(GateFindings.ForProject(GateRules.UnverifiedImport, request.ProjectFile, $"'{import}' would be imported"));
            if (request.UseStamp && !findings.Any(static finding => finding.Severity == FindingSeverity.Error))
                EvaluationGuard.Write(request, root, [.. generated.Files, .. verified.Order(StringComparer.Ordinal)]);
            return generated.Imports.Length > 0;
        }
        catch (InvalidDataException exception)
        {
            findings.Add(GateFindings.ForProject(GateRules.UnverifiedImport, request.ProjectFile, exception.Message));
            return true;
        }
    }

    // Imports are written relative to NuGetPackageRoot: a value from outside would take them from another folder.
    private static Finding? RootFinding(GateRequest request, string? verified)
    {
        if (string.IsNullOrEmpty(request.PackageRoot) || string.IsNullOrEmpty(verified))
            return null;
        string actual = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(request.ProjectFolder, request.PackageRoot)));
        return string.Equals(Path.TrimEndingDirectorySeparator(verified), actual, StringComparison.Ordinal)
            ? null
            : GateFindings.ForProject(GateRules.UnverifiedImport, request.ProjectFile, $"NuGetPackageRoot is '{request.PackageRoot}', the verified packages are in '{verified}'");
    }
}
