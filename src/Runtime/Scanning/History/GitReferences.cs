using System.Text;

namespace SecurityToolchain.Scanning.History;

/// <summary>Where the walk over a history starts: references, heads of all work trees, and the logs of references, which know commits that were amended away.</summary>
internal static class GitReferences
{
    private const int MaxFile = 64 << 20;
    private const int MaxFiles = 200_000;

    private static readonly string[] Heads = ["HEAD", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_HEAD"];

    /// <summary>All starts, each once, in a stable order.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="onIssue">Told what could not be read.</param>
    public static IReadOnlyList<GitObjectId> Read(GitDirectory repository, Action<ScanIssueKind, string> onIssue)
    {
        var found = new SortedSet<GitObjectId>();
        var files = new List<(string Directory, string Relative)>();
        foreach (string head in Heads)
        {
            files.Add((repository.Own, head));
            files.Add((repository.Common, head));
        }

        files.Add((repository.Common, "packed-refs"));
        Collect(repository.Own, "refs", files, onIssue);
        Collect(repository.Own, "logs", files, onIssue);
        if (repository.Own != repository.Common)
        {
            Collect(repository.Common, "refs", files, onIssue);
            Collect(repository.Common, "logs", files, onIssue);
        }

        Collect(repository.Common, "worktrees", files, onIssue);
        foreach ((string directory, string relative) in files)
        {
            if (repository.TryRead(directory, relative, MaxFile) is { } content)
                AddIds(content, repository.IdLength, found);
            else if (File.Exists(Path.Combine(directory, relative)))
                onIssue(ScanIssueKind.Unreadable, $"The references in '{relative}' cannot be read.");
        }

        return [.. found];
    }

    /// <summary>The commits at which a shallow clone ends.</summary>
    public static HashSet<GitObjectId> ReadShallow(GitDirectory repository)
    {
        var found = new SortedSet<GitObjectId>();
        if (repository.TryRead(repository.Common, "shallow", MaxFile) is { } content)
            AddIds(content, repository.IdLength, found);
        return [.. found];
    }

    // Every word that is a name of an object counts: "ID name", "^ID", "OLD NEW who when", or the ID alone. Names of people stand behind the first two words.
    private static void AddIds(ReadOnlySpan<byte> content, int length, SortedSet<GitObjectId> found)
    {
        Span<byte> zero = stackalloc byte[length];
        zero.Clear();
        var none = new GitObjectId(zero);
        foreach (Range range in content.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = content[range].TrimStart((byte)'^');
            for (int word = 0; word < 2 && !line.IsEmpty; word++)
            {
                int end = line.IndexOfAny(" \t\r"u8);
                ReadOnlySpan<byte> text = end < 0 ? line : line[..end];
                if (GitObjectId.TryParse(text, length, out GitObjectId id) && !id.Equals(none))
                    found.Add(id);
                line = end < 0 ? default : line[(end + 1)..];
            }
        }
    }

    private static void Collect(string directory, string start, List<(string Directory, string Relative)> files, Action<ScanIssueKind, string> onIssue)
    {
        var pending = new Stack<string>();
        pending.Push(start);
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        while (pending.TryPop(out string? relative))
        {
            try
            {
                var folder = new DirectoryInfo(Path.Combine(directory, relative));
                if (!folder.Exists)
                    continue;
                foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", options).OrderBy(static e => e.Name, StringComparer.Ordinal))
                {
                    string name = relative + "/" + entry.Name;
                    if (entry is DirectoryInfo)
                        pending.Push(name);
                    else if (files.Count < MaxFiles && IsReference(name))
                        files.Add((directory, name));
                    else if (files.Count >= MaxFiles)
                        throw new IOException($"there are more than {MaxFiles} references");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                onIssue(ScanIssueKind.Unreadable, $"The references in '{relative}' cannot be listed.");
                return;
            }
        }
    }

    // Of other work trees only heads and logs are of interest: their index is not text.
    private static bool IsReference(string name)
    {
        if (!name.StartsWith("worktrees/", StringComparison.Ordinal))
            return true;
        return name.EndsWith("HEAD", StringComparison.Ordinal) || name.Contains("/logs/", StringComparison.Ordinal) || name.Contains("/refs/", StringComparison.Ordinal);
    }
}
