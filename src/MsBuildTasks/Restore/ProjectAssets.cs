using System.Collections.Immutable;
using System.Text.Json;
using SecurityToolchain.MsBuildTasks.Packages;

namespace SecurityToolchain.MsBuildTasks.Restore;

/// <summary>What a project.assets.json says about the packages of a project.</summary>
public sealed class ProjectAssets
{
    // Members of a target library that are not lists of files.
    private static readonly HashSet<string> NotFiles = new(StringComparer.Ordinal)
    {
        "type", "dependencies", "frameworkAssemblies", "frameworkReferences", "framework",
    };

    private static readonly HashSet<string> BuildLogicGroups = new(StringComparer.Ordinal) { "build", "buildMultiTargeting", "buildCrossTargeting" };

    private ProjectAssets(ImmutableArray<string> folders, ImmutableArray<PackageUse> packages, ImmutableArray<string> missing, ImmutableArray<string> projects)
    {
        PackageFolders = folders;
        Packages = packages;
        Missing = missing;
        ReferencedProjects = projects;
    }

    /// <summary>The package folders, in the order in which NuGet looks for packages.</summary>
    public ImmutableArray<string> PackageFolders { get; }

    /// <summary>Every package of every target framework, and downloaded packages such as targeting packs.</summary>
    public ImmutableArray<PackageUse> Packages { get; }

    /// <summary>Packages that no package folder holds.</summary>
    public ImmutableArray<string> Missing { get; }

    /// <summary>Full paths of the projects that the project references, directly or not.</summary>
    public ImmutableArray<string> ReferencedProjects { get; }

    /// <summary>Reads an assets file.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="projectFolder">The folder that project paths in it are relative to.</param>
    /// <exception cref="InvalidDataException">The bytes are no assets file.</exception>
    public static ProjectAssets Read(ReadOnlyMemory<byte> content, string projectFolder)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(WithoutMark(content));
            return Read(document.RootElement, projectFolder);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("project.assets.json is not an assets file: " + exception.Message.ReplaceLineEndings(" "), exception);
        }
    }

    private static ProjectAssets Read(JsonElement root, string projectFolder)
    {
        ImmutableArray<string> folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(static folder => folder.Name)];
        var uses = new Dictionary<PackageIdentity, PackageUse>();
        var missing = ImmutableArray.CreateBuilder<string>();
        var projects = ImmutableArray.CreateBuilder<string>();
        foreach (JsonProperty library in root.GetProperty("libraries").EnumerateObject())
        {
            PackageIdentity package = ParseIdentity(library.Name);
            if (library.Value.GetProperty("type").ValueEquals("project"))
            {
                if (library.Value.TryGetProperty("msbuildProject", out JsonElement path))
                    projects.Add(Path.GetFullPath(Path.Combine(projectFolder, path.GetString()!)));
                continue;
            }

            string relative = library.Value.GetProperty("path").GetString()!;
            if (Find(folders, relative) is not { } folder)
            {
                missing.Add(package.ToString());
                continue;
            }

            uses[package] = new PackageUse(package, folder)
            {
                RecordedHash = library.Value.TryGetProperty("sha512", out JsonElement hash) ? hash.GetString() : null,
            };
        }

        foreach (JsonProperty target in root.GetProperty("targets").EnumerateObject())
        {
            foreach (JsonProperty library in target.Value.EnumerateObject())
            {
                if (uses.TryGetValue(ParseIdentity(library.Name), out PackageUse? use))
                    AddFiles(use, library.Value);
            }
        }

        AddDownloads(root, folders, uses, missing);
        return new ProjectAssets(folders, [.. uses.Values.OrderBy(static use => use.Folder, StringComparer.Ordinal)], missing.ToImmutable(), projects.ToImmutable());
    }

    private static void AddFiles(PackageUse use, JsonElement library)
    {
        foreach (JsonProperty group in library.EnumerateObject())
        {
            if (NotFiles.Contains(group.Name) || group.Value.ValueKind != JsonValueKind.Object)
                continue;
            foreach (JsonProperty file in group.Value.EnumerateObject())
            {
                // "_._" says that a framework is supported with nothing to take.
                if (file.Name.EndsWith("/_._", StringComparison.Ordinal))
                    continue;
                use.Files.Add(file.Name);
                if (BuildLogicGroups.Contains(group.Name))
                    use.WholePackage = true;
            }
        }
    }

    // PackageDownload items and the packs that the SDK asks for: exact versions, listed by framework, without a list of files.
    private static void AddDownloads(
        JsonElement root, ImmutableArray<string> folders, Dictionary<PackageIdentity, PackageUse> uses, ImmutableArray<string>.Builder missing)
    {
        if (!root.TryGetProperty("project", out JsonElement project) || !project.TryGetProperty("frameworks", out JsonElement frameworks))
            return;
        foreach (JsonProperty framework in frameworks.EnumerateObject())
        {
            if (!framework.Value.TryGetProperty("downloadDependencies", out JsonElement downloads))
                continue;
            foreach (JsonElement download in downloads.EnumerateArray())
            {
                string id = download.GetProperty("name").GetString()!;
                string range = download.GetProperty("version").GetString()!;
                var package = new PackageIdentity(id, range.Trim('[', ']', '(', ')').Split(',')[0].Trim());
                if (uses.ContainsKey(package))
                    continue;
                string relative = $"{id.ToLowerInvariant()}/{package.Version.ToLowerInvariant()}";
                if (Find(folders, relative) is { } folder)
                    uses[package] = new PackageUse(package, folder) { WholePackage = true };
                else
                    missing.Add(package.ToString());
            }
        }
    }

    private static string? Find(ImmutableArray<string> folders, string relative)
    {
        foreach (string folder in folders)
        {
            string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, relative)));
            if (Directory.Exists(full))
                return full;
        }

        return null;
    }

    private static PackageIdentity ParseIdentity(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? throw new InvalidDataException($"project.assets.json has a library '{name}' without a version")
            : new PackageIdentity(name[..slash], name[(slash + 1)..]);
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
}
