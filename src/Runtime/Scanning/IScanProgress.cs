namespace SecurityToolchain.Scanning;

/// <summary>Receives the progress of a scan. Called from several threads at a time; has to return quickly.</summary>
public interface IScanProgress
{
    /// <summary>More inputs were found.</summary>
    /// <param name="files">All files found so far.</param>
    /// <param name="bytes">Their size in bytes.</param>
    /// <param name="complete">Whether the search has ended, so that the totals are final and an estimate is possible.</param>
    void Discovered(long files, long bytes, bool complete);

    /// <summary>A file was finished.</summary>
    /// <param name="path">Its path in the report.</param>
    /// <param name="bytes">The bytes that were read from it.</param>
    void FileFinished(string path, long bytes);
}
