using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace SecurityToolchain.Cli.Verify;

/// <summary>What <c>sectool verify</c> was pointed at: projects that were restored, or a package folder.</summary>
internal sealed partial class VerificationTarget
{
    private VerificationTarget(IReadOnlyList<(string Project, string Assets)> projects, string? packageFolder)
    {
        Projects = projects;
        PackageFolder = packageFolder;
    }

    /// <summary>Project files with their assets files.</summary>
    public IReadOnlyList<(string Project, string Assets)> Projects { get; }

    /// <summary>A package folder, or null.</summary>
    public string? PackageFolder { get; }

    /// <summary>Finds out what a path is.</summary>
    /// <param name="path">A project, a .sln or .slnx, a project.assets.json, a package folder, or a folder with any of them.</param>
    /// <exception cref="InvalidDataException">The path is none of them, or a project was not restored.</exception>
    public static VerificationTarget Find(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            return FindInFolder(full);
        try
        {
            return FindInFile(path, full);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"'{path}' does not exist", exception);
        }
    }

    private static VerificationTarget FindInFile(string path, string full)
    {
        if (Path.GetFileName(full) == "project.assets.json")
            return new VerificationTarget([FromAssets(full)], null);
        switch (Path.GetExtension(full))
        {
            case ".sln":
                return FromProjects(ReadSolution(full));
            case ".slnx":
                return FromProjects(ReadXmlSolution(full));
            default:
                // A project is not read, so nothing but the question itself says whether it is there.
                if (!File.Exists(full))
                    throw new FileNotFoundException(null, full);
                return Path.GetExtension(full).EndsWith("proj", StringComparison.Ordinal)
                    ? FromProjects([full])
                    : throw new InvalidDataException($"'{path}' is neither a project, a solution nor a project.assets.json");
        }
    }

    private static VerificationTarget FindInFolder(string folder)
    {
        string[] solutions = [.. Directory.EnumerateFiles(folder, "*.sln"), .. Directory.EnumerateFiles(folder, "*.slnx")];
        if (solutions.Length > 0)
            return Find(solutions.Order(StringComparer.Ordinal).First());
        string[] projects = [.. Directory.EnumerateFiles(folder, "*.*proj").Order(StringComparer.Ordinal)];
        if (projects.Length > 0)
            return FromProjects(projects);
        if (IsPackageFolder(folder))
            return new VerificationTarget([], folder);
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        string[] assets = [.. Directory.EnumerateFiles(folder, "project.assets.json", options).Order(StringComparer.Ordinal)];
        return assets.Length > 0
            ? new VerificationTarget([.. assets.Select(FromAssets)], null)
            : throw new InvalidDataException($"'{folder}' holds no project, no solution, no restored packages and no project.assets.json");
    }

    // <folder>/<id>/<version>/<id>.<version>.nupkg
    private static bool IsPackageFolder(string folder) => Directory.EnumerateDirectories(folder)
        .SelectMany(static id => Directory.EnumerateDirectories(id)
            .Select(version => Path.Combine(version, $"{Path.GetFileName(id)}.{Path.GetFileName(version)}.nupkg")))
        .Any(File.Exists);

    private static VerificationTarget FromProjects(IEnumerable<string> projects)
    {
        var found = new List<(string, string)>();
        foreach (string project in projects)
        {
            string folder = Path.GetDirectoryName(project)!;
            string assets = Path.Combine(folder, "obj", "project.assets.json");
            if (!File.Exists(assets))
                assets = FindInArtifacts(project) ?? throw new InvalidDataException($"'{project}' has not been restored: '{assets}' does not exist; run 'dotnet restore' or pass the assets file");
            found.Add((project, assets));
        }

        return new VerificationTarget(found, null);
    }

    // The artifacts layout: artifacts/obj/<project>/project.assets.json beside the folder's root.
    private static string? FindInArtifacts(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        for (DirectoryInfo? folder = Directory.GetParent(project); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "artifacts", "obj", name, "project.assets.json");
            if (File.Exists(candidate))
                return candidate;
        }

        return null;
    }

    private static (string Project, string Assets) FromAssets(string assets)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(assets));
            string project = document.RootElement.GetProperty("project").GetProperty("restore").GetProperty("projectPath").GetString()!;
            return (Path.GetFullPath(project), assets);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{assets}' is not an assets file: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> ReadSolution(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        foreach (Match match in ProjectLine().Matches(File.ReadAllText(path)))
        {
            string project = match.Groups[1].Value.Replace('\\', '/');
            if (project.EndsWith("proj", StringComparison.OrdinalIgnoreCase))
                yield return Path.GetFullPath(Path.Combine(folder, project));
        }
    }

    private static List<string> ReadXmlSolution(string path)
    {
        var projects = new List<string>();
        string folder = Path.GetDirectoryName(path)!;
        try
        {
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.ReadToFollowing("Project"))
            {
                if (reader.GetAttribute("Path") is { Length: > 0 } project)
                    projects.Add(Path.GetFullPath(Path.Combine(folder, project.Replace('\\', '/'))));
            }
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException($"'{path}' is not XML, line {exception.LineNumber}: {exception.Message}", exception);
        }

        return projects;
    }

    [GeneratedRegex("""^Project\("\{[^}]*\}"\)\s*=\s*"[^"]*",\s*"([^"]+)",""", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ProjectLine();
}
