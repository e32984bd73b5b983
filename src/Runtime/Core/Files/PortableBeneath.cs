namespace SecurityToolchain.Runtime.Files;

/// <summary>
/// Opening below a root where the operating system offers nothing better to .NET: each segment is looked at before and after the file is
/// opened. That refuses links that lie there; it does not stop somebody who changes them at the right moment.
/// </summary>
internal static class PortableBeneath
{
    public static FileStream Open(string root, string relativePath, FileMode mode, FileAccess access)
    {
        RefuseLinks(root, relativePath);
        string path = Path.Join(root, relativePath);
        FileStream stream;
        try
        {
            var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
#pragma warning disable STC1007 // SafePath refuses names that leave the root before it comes here, and RefuseLinks looks at every part.
            stream = new FileStream(path, options);
#pragma warning restore STC1007
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PathValidationException(PathValidationError.NotFound, relativePath);
        }
        catch (UnauthorizedAccessException)
        {
            throw new PathValidationException(
                Directory.Exists(path) ? PathValidationError.NotRegularFile : PathValidationError.UnauthorizedAccess, relativePath);
        }

        try
        {
            RefuseLinks(root, relativePath);
            if (!stream.CanSeek)
                throw new PathValidationException(PathValidationError.NotRegularFile, relativePath);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public static void CreateDirectory(string root, string relativePath)
    {
        RefuseLinks(root, relativePath);
        try
        {
#pragma warning disable STC1007 // As above: the name was checked by SafePath and its parts by RefuseLinks.
            Directory.CreateDirectory(Path.Join(root, relativePath));
#pragma warning restore STC1007
        }
        catch (IOException error) when (error is not PathValidationException)
        {
            throw new PathValidationException(PathValidationError.NotRegularFile, relativePath);
        }

        RefuseLinks(root, relativePath);
    }

    private static void RefuseLinks(string root, string relativePath)
    {
        string path = root;
        foreach (string segment in relativePath.Split('/'))
        {
            path = Path.Join(path, segment);
            var entry = new FileInfo(path);
            // A junction has the attribute and no link target.
            if (entry.LinkTarget is not null || ((int)entry.Attributes != -1 && entry.Attributes.HasFlag(FileAttributes.ReparsePoint)))
                throw new PathValidationException(PathValidationError.SymlinkEscape, relativePath);
        }
    }
}
