namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>A file or folder of an extracted package as it was when it was compared with the signed archive.</summary>
/// <param name="Path">The path relative to the package's folder, with forward slashes; empty for the folder itself.</param>
/// <param name="Stamp">What the file system said before the comparison.</param>
/// <param name="Sha256">The digest of the content; empty for folders, and for files whose stamp is conclusive and that MSBuild does not read.</param>
public readonly record struct FileRecord(string Path, FileStamp Stamp, string Sha256);
