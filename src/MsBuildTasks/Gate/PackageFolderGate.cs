using System.Collections.Immutable;
using System.Diagnostics;
using SecurityToolchain.MsBuildTasks.Packages;
using SecurityToolchain.MsBuildTasks.Policy;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>Verifies every package of a package folder in full, whichever project uses it.</summary>
public static class PackageFolderGate
{
    /// <summary>Verifies a package folder.</summary>
    /// <param name="folder">A folder of the form <c>id/version/id.version.nupkg</c>, such as NuGet's global packages folder.</param>
    /// <param name="sdkFolder">The folder of the SDK, for its bundle of trusted roots.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The findings. A folder that holds no archive is skipped: NuGet does not take packages from it either.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static GateReport Verify(string folder, string sdkFolder, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(time);
        long start = Stopwatch.GetTimestamp();
        DateOnly today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var findings = new List<Finding>();
        string? policyPath = GatePolicy.Find(folder);
        GatePolicy policy = PackageGate.ReadPolicy(policyPath, policyPath is null ? null : File.ReadAllBytes(policyPath), today, findings);

        ImmutableArray<PackageUse> uses = [.. Find(folder)];
        var request = new GateRequest
        {
            ProjectFile = Path.Combine(folder, "packages"),
            ExtensionsFolder = folder,
            SdkFolder = sdkFolder,
            Time = time,
            UseStamp = false,
        };
        foreach (PackageExamination examination in PackageGate.Examine(request, uses))
        {
            string path = examination.Use.ArchivePath;
            findings.AddRange(PackageGate.NameFindings(examination.Use.Package, path, policy, today));
            findings.AddRange(new PackageJudge(policy, today, path).Judge(examination));
        }

        findings.Sort(FindingOrder.Instance);
        return new GateReport { Findings = [.. findings], PackageCount = uses.Length, Elapsed = Stopwatch.GetElapsedTime(start) };
    }

    private static IEnumerable<PackageUse> Find(string folder)
    {
        foreach (string id in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            foreach (string version in Directory.EnumerateDirectories(id).Order(StringComparer.Ordinal))
            {
                var use = new PackageUse(new PackageIdentity(Path.GetFileName(id), Path.GetFileName(version)), version) { WholePackage = true };
                if (File.Exists(use.ArchivePath) || File.Exists(Path.Combine(version, ".nupkg.metadata")))
                    yield return use;
            }
        }
    }
}
