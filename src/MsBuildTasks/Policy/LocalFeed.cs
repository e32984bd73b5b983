namespace SecurityToolchain.MsBuildTasks.Policy;

/// <summary>
/// A folder of packages that are built here and not signed. A package counts as coming from it when the folder holds the same bytes.
/// </summary>
/// <param name="Folder">The full path of the folder.</param>
/// <param name="Packages">The packages that may come from it.</param>
/// <param name="Line">The 1-based line of the entry.</param>
public sealed record LocalFeed(string Folder, PackagePattern Packages, int Line);
