namespace SecurityToolchain.Tooling;

/// <summary>The packages of this repository as a folder feed, just as a user would get them.</summary>
public static class LocalFeed
{
    /// <summary>Packs every package in Release into <see cref="Repository.Feed"/>.</summary>
    /// <param name="repository">The working tree.</param>
    /// <param name="alreadyBuilt">Whether Release outputs are there and current, so that packing may skip the build.</param>
    /// <param name="onLine">Gets the lines of the build.</param>
    public static async Task<CommandResult> PackAsync(Repository repository, bool alreadyBuilt, Action<string>? onLine)
    {
        ArgumentNullException.ThrowIfNull(repository);
        // Creating first makes deleting what earlier runs left behind safe without asking whether there is anything.
        foreach (FileSystemInfo old in Directory.CreateDirectory(repository.Feed).EnumerateFileSystemInfos())
        {
            if (old is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                old.Delete();
        }

        string[] arguments =
        [
            "pack", repository.Path("eng", "Packages.slnf"), "-c", "Release", "-v", "q", "--nologo", "-clp:NoSummary",
            "-p:PackageOutputPath=" + repository.Feed, .. alreadyBuilt ? ["--no-build"] : Array.Empty<string>(),
        ];
        return await Command.Dotnet(arguments).With(repository.Root, onLine).RunAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Removes this product's packages from a package folder: the version number does not change between two packings of a working
    /// tree, and NuGet would go on using the first.
    /// </summary>
    public static void Forget(string packagesFolder)
    {
        if (!Directory.Exists(packagesFolder))
            return;
        foreach (string folder in Directory.GetDirectories(packagesFolder, "securitytoolchain.*"))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The packages in the feed, file names only, in order.</summary>
    public static IReadOnlyList<string> List(Repository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return [.. Directory.GetFiles(repository.Feed, "*.nupkg").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }
}
