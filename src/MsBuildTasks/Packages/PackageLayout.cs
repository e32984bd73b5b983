namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>What NuGet and MSBuild do with the paths of a package.</summary>
internal static class PackageLayout
{
    // Folders whose files the build, the compiler or NuGet picks up by convention. The nuspec decides the dependencies of the next restore.
    private static readonly HashSet<string> UsedFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "build", "buildTransitive", "buildMultiTargeting", "buildCrossTargeting", "analyzers", "tools", "tasks", "contentFiles", "content",
        "sdk", "Sdk", "native",
    };

    private static readonly HashSet<string> BuildLogicExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".props", ".targets", ".tasks", ".overridetasks", ".proj", ".projitems",
    };

    /// <summary>Whether a file is used whatever the assets file says.</summary>
    public static bool IsAlwaysUsed(string path)
    {
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? path.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase)
            : UsedFolders.Contains(path[..slash]) || IsBuildLogic(path);
    }

    /// <summary>Whether the file is documentation or symbols beside a library: editors and debuggers read it, no build runs it.</summary>
    public static bool IsForReadersOnly(string path) =>
        (path.StartsWith("lib/", StringComparison.OrdinalIgnoreCase) || path.StartsWith("ref/", StringComparison.OrdinalIgnoreCase))
        && (path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether MSBuild may read the file as a project.</summary>
    public static bool IsBuildLogic(string path) => BuildLogicExtensions.Contains(Path.GetExtension(path));

    /// <summary>Where NuGet extracts an entry to.</summary>
    /// <param name="entryName">The name in the archive.</param>
    /// <param name="package">The package.</param>
    /// <returns>The path relative to the package's folder, or null for entries that are not extracted.</returns>
    public static string? ExtractedPath(string entryName, PackageIdentity package)
    {
        string path = entryName.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(entryName) : entryName;
        path = path.Replace('\\', '/');
        if (path.Length == 0 || path[^1] == '/' || path == "[Content_Types].xml"
            || path.StartsWith("_rels/", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("package/", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".nupkg.sha512", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        bool isManifest = !path.Contains('/', StringComparison.Ordinal) && path.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase);
        return isManifest ? package.Id.ToLowerInvariant() + ".nuspec" : path;
    }

    /// <summary>Whether NuGet itself puts the file beside the extracted ones.</summary>
    public static bool IsNuGetOwn(string path, PackageIdentity package)
    {
        if (path == ".nupkg.metadata")
            return true;
        string archive = $"{package.Id}.{package.Version}.nupkg";
        return string.Equals(path, archive, StringComparison.OrdinalIgnoreCase)
            || string.Equals(path, archive + ".sha512", StringComparison.OrdinalIgnoreCase);
    }
}
