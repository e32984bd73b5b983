namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>A package in a package folder and the part of it that builds use.</summary>
public sealed class PackageUse
{
    /// <summary>Creates a use of nothing yet.</summary>
    /// <param name="package">Id and version.</param>
    /// <param name="folder">The extracted folder.</param>
    public PackageUse(PackageIdentity package, string folder)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Package = package;
        Folder = folder;
    }

    /// <summary>Id and version.</summary>
    public PackageIdentity Package { get; }

    /// <summary>The extracted folder.</summary>
    public string Folder { get; }

    /// <summary>Files that the assets file hands to the build, relative with forward slashes.</summary>
    public ISet<string> Files { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether every file counts: a package with props or targets can reach any of its files, and so can a use that no assets file describes.
    /// </summary>
    public bool WholePackage { get; set; }

    /// <summary>The hash that the assets file records, or null.</summary>
    public string? RecordedHash { get; set; }

    /// <summary>The hash that the lock file pins, or null.</summary>
    public string? LockedHash { get; set; }

    /// <summary>The path of the archive that NuGet keeps beside the extracted files.</summary>
    public string ArchivePath => Path.Combine(
        Folder, $"{Package.Id.ToLowerInvariant()}.{Package.Version.ToLowerInvariant()}.nupkg");

    /// <summary>Whether a file of the package has to be equal to the archive's.</summary>
    /// <param name="path">The path relative to the folder.</param>
    public bool Covers(string path) => Files.Contains(path) || PackageLayout.IsAlwaysUsed(path) || (WholePackage && !PackageLayout.IsForReadersOnly(path));
}
