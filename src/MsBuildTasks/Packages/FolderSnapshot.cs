using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>The files and folders below an extracted package with their stamps, taken before any content is read.</summary>
internal sealed class FolderSnapshot
{
    // A write in the clock tick of an earlier one leaves the change time as it is. Content is read only when the newest change is older
    // than this, so that every later write shows.
    private static readonly TimeSpan ClockTick = TimeSpan.FromMilliseconds(20);
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, RecurseSubdirectories = false, IgnoreInaccessible = false };

    private long _newest;

    private FolderSnapshot()
    {
    }

    /// <summary>Folders, the package's own as an empty path.</summary>
    public Dictionary<string, FileStamp> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>Files.</summary>
    public Dictionary<string, FileStamp> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Links of any kind.</summary>
    public List<string> Links { get; } = [];

    /// <summary>Takes the snapshot.</summary>
    /// <param name="root">The package's folder.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static FolderSnapshot Take(string root)
    {
        FolderSnapshot snapshot = Walk(root);
        long newest = snapshot._newest;
        long age = ((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100) - newest;
        if (newest == 0 || age >= ClockTick.Ticks * 100)
            return snapshot;
        Thread.Sleep(ClockTick);
        return Walk(root);
    }

    private static FolderSnapshot Walk(string root)
    {
        var snapshot = new FolderSnapshot();
        var pending = new Stack<string>();
        pending.Push("");
        while (pending.TryPop(out string? folder))
        {
            string full = folder.Length == 0 ? root : root + "/" + folder;
            snapshot.Folders[folder] = snapshot.Note(FileStamp.Read(full) ?? throw new DirectoryNotFoundException($"the folder '{full}' is gone"));
            foreach (FileSystemInfo item in new DirectoryInfo(full).EnumerateFileSystemInfos("*", Everything))
            {
                string path = folder.Length == 0 ? item.Name : folder + "/" + item.Name;
                if ((item.Attributes & FileAttributes.ReparsePoint) != 0)
                    snapshot.Links.Add(path);
                else if ((item.Attributes & FileAttributes.Directory) != 0)
                    pending.Push(path);
                else
                    snapshot.Files[path] = snapshot.Note(FileStamp.Read(item.FullName) ?? throw new FileNotFoundException($"the file '{item.FullName}' is gone"));
            }
        }

        return snapshot;
    }

    private FileStamp Note(FileStamp stamp)
    {
        _newest = Math.Max(_newest, stamp.Changed);
        return stamp;
    }
}
