using System.Collections.Immutable;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>What the gate found out about the packages of a project.</summary>
public sealed record GateReport
{
    /// <summary>The findings, in the order of reports.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>How many packages were verified.</summary>
    public int PackageCount { get; init; }

    /// <summary>Whether the project has been restored at all.</summary>
    public bool IsRestored { get; init; } = true;

    /// <summary>Whether the stamp of an earlier run answered.</summary>
    public bool FromStamp { get; init; }

    /// <summary>Whether packages contribute props or targets to the project.</summary>
    public bool HasPackageImports { get; init; }

    /// <summary>The time it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The processor time of the whole process in the meantime: the gate's share and whatever else ran in it.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>Full paths of the projects that this one references.</summary>
    public ImmutableArray<string> ReferencedProjects { get; init; } = [];

    /// <summary>Whether nothing stands against a build.</summary>
    public bool Passed => !Findings.Any(static finding => finding.Severity == FindingSeverity.Error);

    /// <summary>One line for the console.</summary>
    public string Summary => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"SecurityToolchain gate: {PackageCount} packages verified, {Findings.Length} findings ({(FromStamp ? "warm" : "cold")} {Elapsed.TotalMilliseconds:F0} ms)");
}
