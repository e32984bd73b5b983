using System.Runtime.InteropServices;

namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>
/// What the file system says about a file or folder: enough to know that its content is the one seen before, where the system keeps a
/// change time that a user cannot set.
/// </summary>
/// <remarks>
/// On Linux the change time (ctime) moves with every write, rename, permission change and every attempt to set the other times back; only
/// the system's clock or raw access to the disk can forge it. Other systems let a user set all times: there <see cref="IsConclusive"/> is
/// false and the caller hashes the content again. Reference: statx(2).
/// </remarks>
/// <param name="Size">The size in bytes.</param>
/// <param name="Modified">The modification time, in nanoseconds since 1970 UTC.</param>
/// <param name="Changed">The change time, in nanoseconds since 1970 UTC; 0 when the system has none to trust.</param>
/// <param name="Identity">The inode; 0 when the system has none.</param>
public readonly record struct FileStamp(long Size, long Modified, long Changed, long Identity)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Whether an equal stamp proves equal content.</summary>
    public bool IsConclusive => Changed != 0;

    /// <summary>Reads the stamp of a file or folder.</summary>
    /// <param name="path">The path; a link is followed.</param>
    /// <returns>The stamp, or null when there is nothing at the path.</returns>
    public static FileStamp? Read(string path) => OperatingSystem.IsLinux() ? ReadLinux(path) : ReadPortable(path);

    private static FileStamp? ReadLinux(string path)
    {
        int result;
        StatxBuffer buffer;
        try
        {
            result = Statx(StatxBuffer.CurrentFolder, path, 0, StatxBuffer.BasicStats, out buffer);
        }
        catch (EntryPointNotFoundException)
        {
            return ReadPortable(path);
        }

        if (result != 0)
            return Marshal.GetLastPInvokeError() is StatxBuffer.NoSuchEntry or StatxBuffer.NotAFolder ? null : ReadPortable(path);
        return new FileStamp(
            unchecked((long)buffer.Size),
            (buffer.ModifiedSeconds * NanosecondsPerSecond) + buffer.ModifiedNanoseconds,
            (buffer.ChangedSeconds * NanosecondsPerSecond) + buffer.ChangedNanoseconds,
            unchecked((long)buffer.Inode));
    }

    private static FileStamp? ReadPortable(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return new FileStamp(file.Length, Nanoseconds(file.LastWriteTimeUtc), 0, 0);
        var folder = new DirectoryInfo(path);
        return folder.Exists ? new FileStamp(0, Nanoseconds(folder.LastWriteTimeUtc), 0, 0) : null;
    }

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * 100;

    [DllImport("libc", EntryPoint = "statx", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out StatxBuffer buffer);
}
