using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Cli.Checklist;

/// <summary>What a repository and its build show. Files are read once, when something asks for them.</summary>
internal sealed class RepositoryEvidence
{
    private static readonly HashSet<string> s_skipped = new(["bin", "obj", ".git", ".vs", "node_modules", "artifacts", "packages"], StringComparer.OrdinalIgnoreCase);

    private readonly Lazy<IReadOnlyList<string>> _files;
    private readonly Lazy<IReadOnlyList<ProjectFile>> _projects;
    private readonly Lazy<IReadOnlyList<Finding>> _deployment;

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public RepositoryEvidence(string root)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (!Directory.Exists(Root))
            throw new DirectoryNotFoundException($"There is no folder '{Root}'.");
        _files = new Lazy<IReadOnlyList<string>>(() => [.. Walk(Root).Order(StringComparer.Ordinal)]);
        _projects = new Lazy<IReadOnlyList<ProjectFile>>(() => [.. FilesEndingIn("proj", ".props", ".targets").Select(path => ProjectFile.Read(Root, path))]);
        _deployment = new Lazy<IReadOnlyList<Finding>>(ScanDeployment);
    }

    public string Root { get; }

    public BuildLog Log { get; } = new();

    public TestResults Tests { get; } = new();

    /// <summary>Projects and the files that they import from their folders.</summary>
    public IReadOnlyList<ProjectFile> MsBuildFiles => _projects.Value;

    public IEnumerable<ProjectFile> Projects => MsBuildFiles.Where(static file => file.IsProject);

    /// <summary>What the scanner says about containers, clusters, pipelines and package sources.</summary>
    public IReadOnlyList<Finding> DeploymentFindings => _deployment.Value;

    public IEnumerable<string> Dockerfiles => _files.Value.Where(static path => Path.GetFileName(path) is var name
        && (name.StartsWith("Dockerfile", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Containerfile", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".dockerfile", StringComparison.OrdinalIgnoreCase)));

    public IEnumerable<string> Workflows => FilesEndingIn(".yml", ".yaml").Where(path => Relative(path) is var relative
        && (relative.StartsWith(".github/workflows/", StringComparison.Ordinal) || Path.GetFileName(relative).StartsWith("azure-pipelines", StringComparison.OrdinalIgnoreCase)));

    /// <summary>YAML files with a Kubernetes object of one of the kinds.</summary>
    public IReadOnlyList<string> Manifests(params IReadOnlyList<string> kinds) =>
        [.. FilesEndingIn(".yml", ".yaml").Where(path => File.ReadLines(path).Any(line => kinds.Any(kind => line.Trim() == "kind: " + kind))).Select(Relative)];

    /// <summary>A file of that name at the root, in <c>.github</c> or in <c>docs</c>.</summary>
    public string? FindNamed(params IReadOnlyList<string> names) => _files.Value.Select(Relative)
        .FirstOrDefault(path => names.Any(name => path.Equals(name, StringComparison.OrdinalIgnoreCase) || path.Equals(".github/" + name, StringComparison.OrdinalIgnoreCase) || path.Equals("docs/" + name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>C# files that name one of the types, tests left out.</summary>
    public IReadOnlyList<string> SourcesNaming(params IReadOnlyList<string> types) =>
    [
        .. FilesEndingIn(".cs").Where(path => !Relative(path).Split('/').Any(static part => part.Contains("test", StringComparison.OrdinalIgnoreCase)))
            .Where(path => File.ReadAllText(path) is var text && types.Any(type => text.Contains(type, StringComparison.Ordinal))).Select(Relative),
    ];

    /// <summary>Whether a project, or what it imports from its folders, references a test framework.</summary>
    public bool IsTest(ProjectFile project) => FilesFor(project).Any(static file => file.IsTest);

    /// <summary>The MSBuild files that hold for a project: itself, and the Directory.* files of its folder and those above.</summary>
    public IEnumerable<ProjectFile> FilesFor(ProjectFile project)
    {
        string folder = Path.GetDirectoryName(project.Path)!.Replace('\\', '/');
        return MsBuildFiles.Where(file => file == project || (Path.GetFileName(file.Path).StartsWith("Directory.", StringComparison.OrdinalIgnoreCase)
            && Path.GetDirectoryName(file.Path)!.Replace('\\', '/') is var above && (above.Length == 0 || folder == above || folder.StartsWith(above + "/", StringComparison.Ordinal))));
    }

    public IEnumerable<string> FilesEndingIn(params IReadOnlyList<string> endings) =>
        _files.Value.Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));

    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Walk(string root)
    {
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (folders.TryPop(out DirectoryInfo? folder))
        {
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
            {
                // Links are not followed: what is behind one may be anywhere, or above.
                if (entry.LinkTarget is not null)
                    continue;
                if (entry is DirectoryInfo below)
                {
                    if (!s_skipped.Contains(below.Name))
                        folders.Push(below);
                }
                else
                {
                    yield return entry.FullName;
                }
            }
        }
    }

    private List<Finding> ScanDeployment()
    {
        var engine = new ScanEngine(new ScanOptions { RootDirectory = Root, Threads = 1 });
        string[] paths = [.. Dockerfiles.Concat(FilesEndingIn(".yml", ".yaml", "nuget.config")).Distinct(StringComparer.Ordinal)];
        return [.. paths.SelectMany(path => engine.ScanBytes(Relative(path), File.ReadAllBytes(path)).Findings)];
    }
}
