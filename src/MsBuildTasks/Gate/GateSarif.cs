using System.Reflection;
using SecurityToolchain.MsBuildTasks.Policy;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>Writes findings of the gate as SARIF, with paths relative to the repository.</summary>
public static class GateSarif
{
    /// <summary>Writes a report.</summary>
    /// <param name="output">The stream; stays open.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="folder">The folder of the project; the policy file or source control above it marks the root.</param>
    public static void Write(Stream output, IReadOnlyList<Finding> findings, string folder)
    {
        ArgumentNullException.ThrowIfNull(findings);
        string root = FindRoot(folder);
        SarifWriter.Write(output, new SarifRun
        {
            ToolName = "SecurityToolchain",
            ToolVersion = Version,
            AutomationId = "packages/",
            Rules = GateRules.All,
            Findings = [.. findings.Select(finding => finding with { Location = finding.Location with { Path = Relative(root, finding.Location.Path) } })],
        });
    }

    /// <summary>The version of the gate, <c>major.minor.patch</c>.</summary>
    public static string Version => typeof(GateSarif).Assembly.GetName().Version!.ToString(3);

    private static string FindRoot(string folder)
    {
        for (DirectoryInfo? current = new(Path.GetFullPath(folder)); current is not null; current = current.Parent)
        {
            string git = Path.Combine(current.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git) || File.Exists(Path.Combine(current.FullName, GatePolicy.FileName)))
                return current.FullName;
        }

        return folder;
    }

    private static string Relative(string root, string path)
    {
        string relative = Path.GetRelativePath(root, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? path.Replace('\\', '/') : relative;
    }
}
