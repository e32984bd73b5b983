namespace SecurityToolchain.MsBuildTasks.Restore;

/// <summary>Files whose absence has a meaning of its own. Nobody looks first: what the look saw could be gone or new at the access.</summary>
internal static class OptionalFile
{
    /// <summary>Reads a file.</summary>
    /// <returns>The bytes, or null when there is no file.</returns>
    /// <exception cref="IOException">There is one, and it cannot be read.</exception>
    public static byte[]? ReadBytes(string path) => Access(path, File.ReadAllBytes);

    /// <summary>Reads a text file.</summary>
    /// <returns>The text, or null when there is no file.</returns>
    /// <exception cref="IOException">There is one, and it cannot be read.</exception>
    public static string? ReadText(string path) => Access(path, File.ReadAllText);

    /// <summary>Opens a file for reading; others may read it, too.</summary>
    /// <returns>The stream, or null when there is no file.</returns>
    /// <exception cref="IOException">There is one, and it cannot be opened.</exception>
    public static FileStream? Open(string path) => Access(path, static path => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));

    private static T? Access<T>(string path, Func<string, T> access)
        where T : class
    {
        try
        {
            return access(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
