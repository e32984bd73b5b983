namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>A file of an extracted folder that is not as the archive has it.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Path">The path relative to the package's folder.</param>
public sealed record ContentDifference(ContentDifferenceKind Kind, string Path);
