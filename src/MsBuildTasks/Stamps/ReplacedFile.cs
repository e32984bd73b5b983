namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>
/// Files that several builds may write at once (frameworks of one project, nodes of one build): each writes beside the place and moves its
/// file there, so a reader sees one of them in full.
/// </summary>
internal static class ReplacedFile
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>Writes a file.</summary>
    /// <param name="path">The place; its folder is made if need be.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The place cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string fresh = path + "." + Path.GetRandomFileName();
        try
        {
            using (var stream = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write))
                write(stream);
            Move(fresh, path);
        }
        catch
        {
            SealedFile.TryDelete(fresh);
            throw;
        }
    }

    // Windows refuses to replace a file that somebody reads at this moment.
    private static void Move(string fresh, string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(fresh, path, overwrite: true);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && attempt < MaxAttempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
