using System.Collections.Immutable;

namespace SecurityToolchain.MsBuildTasks.Policy;

/// <summary>What a repository asks of its packages: the content of <c>security-toolchain.json</c>. Without a file the defaults hold.</summary>
public sealed record GatePolicy
{
    /// <summary>The name of the file, looked for in the project's folder and every folder above it.</summary>
    public const string FileName = "security-toolchain.json";

    /// <summary>The policy of a repository without a file: packages are signed, by anybody whom a trusted root stands behind.</summary>
    public static GatePolicy Default { get; } = new();

    /// <summary>The path of the file, or null for the defaults.</summary>
    public string? Path { get; init; }

    /// <summary>Whether packages must be signed. Default: true.</summary>
    public bool RequireSignature { get; init; } = true;

    /// <summary>SHA-256 fingerprints of trusted certificates, upper-case hexadecimal. Empty: every certificate with a trusted root.</summary>
    public ImmutableHashSet<string> TrustedFingerprints { get; init; } = [];

    /// <summary>Who has to own which packages. The most specific rule is not picked: every rule that matches must hold.</summary>
    public ImmutableArray<OwnerRule> Owners { get; init; } = [];

    /// <summary>Folders of packages that are built here.</summary>
    public ImmutableArray<LocalFeed> LocalFeeds { get; init; } = [];

    /// <summary>Accepted findings.</summary>
    public ImmutableArray<AllowEntry> Allow { get; init; } = [];

    /// <summary>Whether an entry accepts a finding on a day.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="packageId">The package id.</param>
    /// <param name="today">The day, in UTC.</param>
    public bool Allows(string ruleId, string packageId, DateOnly today) =>
        Allow.Any(entry => entry.RuleId == ruleId && entry.Expires >= today && entry.Packages.Matches(packageId));

    /// <summary>Finds the policy file of a project.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <returns>The path, or null.</returns>
    public static string? Find(string folder)
    {
        for (DirectoryInfo? current = new(System.IO.Path.GetFullPath(folder)); current is not null; current = current.Parent)
        {
            string path = System.IO.Path.Combine(current.FullName, FileName);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
