namespace SecurityToolchain.Runtime.Files.Archives;

/// <summary>What was extracted.</summary>
/// <param name="Files">Files written.</param>
/// <param name="Directories">Directories that the archive named.</param>
/// <param name="TotalSizeInBytes">Bytes written.</param>
public sealed record ArchiveSummary(int Files, int Directories, long TotalSizeInBytes);
