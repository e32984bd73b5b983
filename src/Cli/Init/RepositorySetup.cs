using SecurityToolchain.MsBuildTasks.Policy;
using SecurityToolchain.MsBuildTasks.Restore;

namespace SecurityToolchain.Cli.Init;

/// <summary>Plans and makes the changes that put the package gate into a repository, or take it out. Planning changes nothing.</summary>
internal sealed class RepositorySetup
{
    // The gate's first half comes before everything else, its second half after it.
    private static readonly (string File, string Import, bool First)[] Imports =
    [
        ("Directory.Build.props", "Sdk.props", true),
        ("Directory.Build.targets", "Sdk.targets", false),
        ("Directory.Solution.targets", "Solution.targets", false),
    ];

    private const string PolicyContent = """
        {
          "$schema": "https://raw.githubusercontent.com/securitytoolchain/securitytoolchain/main/src/MsBuildTasks/Policy/security-toolchain.schema.json",
          "requireSignature": true,
          "allow": []
        }

        """;

    private readonly string _folder;
    private readonly string _version;

    /// <summary>Creates a setup.</summary>
    /// <param name="folder">The root of the repository.</param>
    /// <param name="version">The version of the SDK package.</param>
    public RepositorySetup(string folder, string version)
    {
        _folder = folder;
        _version = version;
    }

    /// <summary>Plans the installation; a second one changes nothing.</summary>
    /// <exception cref="InvalidDataException">A file is no MSBuild file.</exception>
    public IReadOnlyList<SetupChange> PlanInstallation()
    {
        var changes = new List<SetupChange>();
        foreach ((string file, string import, bool first) in Imports)
        {
            string path = Path.Combine(_folder, file);
            string line = $"""<Import Project="{import}" Sdk="SecurityToolchain.Sdk" Version="{_version}" />""";
            if (OptionalFile.ReadText(path) is not { } before)
            {
                changes.Add(new SetupChange(path, file, SetupChangeKind.Create, ProjectText.WithLine(line)));
                continue;
            }

            if (before.Contains(line, StringComparison.Ordinal))
            {
                changes.Add(new SetupChange(path, file, SetupChangeKind.None, ""));
                continue;
            }

            var text = new ProjectText(before, file);
            text.RemoveLines();
            text.Insert(line, first);
            changes.Add(new SetupChange(path, file, SetupChangeKind.Update, text.Text));
        }

        string policy = Path.Combine(_folder, GatePolicy.FileName);
        changes.Add(File.Exists(policy)
            ? new SetupChange(policy, GatePolicy.FileName, SetupChangeKind.None, "")
            : new SetupChange(policy, GatePolicy.FileName, SetupChangeKind.Create, PolicyContent));
        return changes;
    }

    /// <summary>Plans the removal.</summary>
    /// <exception cref="InvalidDataException">A file is no MSBuild file.</exception>
    public IReadOnlyList<SetupChange> PlanRemoval()
    {
        var changes = new List<SetupChange>();
        foreach ((string file, _, _) in Imports)
        {
            string path = Path.Combine(_folder, file);
            if (OptionalFile.ReadText(path) is not { } before)
                continue;
            var text = new ProjectText(before, file);
            text.RemoveLines();
            SetupChangeKind kind = text.Text == before ? SetupChangeKind.None : text.IsEmpty ? SetupChangeKind.Delete : SetupChangeKind.Update;
            changes.Add(new SetupChange(path, file, kind, text.Text));
        }

        return changes;
    }

    /// <summary>MSBuild takes the nearest Directory.Build file only: one further down without an import of the root's is a hole.</summary>
    public IEnumerable<string> FindShadowingFiles()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (string path in Directory.EnumerateFiles(_folder, "Directory.Build.*", options).Order(StringComparer.Ordinal))
        {
            string relative = Path.GetRelativePath(_folder, path).Replace('\\', '/');
            string name = Path.GetFileName(path);
            if (name is not ("Directory.Build.props" or "Directory.Build.targets") || relative == name)
                continue;
            bool isOutput = relative.Contains("/obj/", StringComparison.Ordinal) || relative.Contains("/bin/", StringComparison.Ordinal);
            if (!isOutput && !File.ReadAllText(path).Contains(name, StringComparison.Ordinal))
                yield return relative;
        }
    }

    /// <summary>Makes planned changes.</summary>
    /// <param name="changes">The plan.</param>
    /// <exception cref="IOException">A file cannot be written, or one that was to be created is there by now.</exception>
    public static void Apply(IEnumerable<SetupChange> changes)
    {
        foreach (SetupChange change in changes)
        {
            if (change.Kind == SetupChangeKind.Delete)
                File.Delete(change.Path);
            else if (change.Kind == SetupChangeKind.Create)
                Create(change);
            else if (change.Kind == SetupChangeKind.Update)
                File.WriteAllText(change.Path, change.Content);
        }
    }

    // A file that somebody wrote since the plan was made is not overwritten.
    private static void Create(SetupChange change)
    {
        using var stream = new FileStream(change.Path, FileMode.CreateNew, FileAccess.Write);
        using var writer = new StreamWriter(stream);
        writer.Write(change.Content);
    }
}
