using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Inputs;

/// <summary>
/// Turns paths, directories and patterns into files. Directories are walked with an explicit stack and in ordinal order; links inside them
/// are not followed, and are reported when they lead out of the tree.
/// </summary>
internal sealed class InputEnumerator : IDisposable
{
    private readonly string _rootDirectory;
    private readonly HashSet<string> _excluded;
    private readonly int _maxPathLength;
    private readonly List<DirectoryHandle> _handles = [];

    public InputEnumerator(string? rootDirectory, IEnumerable<string> excludedDirectories, int maxPathLength)
    {
        _rootDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(rootDirectory ?? Directory.GetCurrentDirectory()));
        _excluded = new HashSet<string>(excludedDirectories, StringComparer.Ordinal);
        _maxPathLength = maxPathLength;
    }

    /// <summary>The files in a stable order; each is given once.</summary>
    public IEnumerable<ScanTarget> Enumerate(IEnumerable<string> inputs)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string input in inputs)
        {
            foreach (ScanTarget target in EnumerateInput(input))
            {
                if (seen.Add(target.FullPath))
                    yield return target;
            }
        }
    }

    public void Dispose()
    {
        foreach (DirectoryHandle handle in _handles)
            handle.Dispose();
        _handles.Clear();
    }

    private IEnumerable<ScanTarget> EnumerateInput(string input)
    {
        if (input.Length == 0 || input.Contains('\0', StringComparison.Ordinal) || input.Length > _maxPathLength)
            return [Problem(input, ScanIssueKind.NotFound, $"'{PrintableText.Escape(input, 200)}' is not a path: it is empty, longer than {_maxPathLength} characters, or has a NUL character.")];
        string full = Path.GetFullPath(input, _rootDirectory);
        if (Directory.Exists(full))
            return Walk(full, pattern: null);
        if (File.Exists(full) || !GlobPattern.IsPattern(input))
            return [new ScanTarget { ReportPath = ToReportPath(full), FullPath = full, LengthHint = LengthOf(full) }];

        // The part before the first wildcard is a directory; the rest is matched against what is below it.
        string[] segments = full.Replace('\\', '/').Split('/');
        int fixedCount = Array.FindIndex(segments, GlobPattern.IsPattern);
        string start = string.Join('/', segments.Take(fixedCount));
        start = start.Length == 0 ? "/" : start;
        if (!Directory.Exists(start))
            return [Problem(full, ScanIssueKind.NotFound, $"'{PrintableText.Escape(input, 200)}' matches nothing: the directory '{PrintableText.Escape(start, 200)}' does not exist.")];
        return Walk(start, new GlobPattern(string.Join('/', segments.Skip(fixedCount)), OperatingSystem.IsWindows()));
    }

    private IEnumerable<ScanTarget> Walk(string start, GlobPattern? pattern)
    {
        DirectoryHandle? handle = DirectoryHandle.TryOpen(start);
        if (handle is not null)
            _handles.Add(handle);
        var pending = new Stack<string>();
        pending.Push(start);
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false, ReturnSpecialDirectories = false };
        while (pending.TryPop(out string? directory))
        {
            FileSystemInfo[] entries;
            ScanTarget? problem = null;
            try
            {
                entries = [.. new DirectoryInfo(directory).EnumerateFileSystemInfos("*", options)];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                entries = [];
                problem = Problem(directory, ScanIssueKind.Unreadable, $"The directory '{PrintableText.Escape(directory, 1024)}' cannot be listed: {exception.Message}");
            }

            if (problem is not null)
            {
                yield return problem;
                continue;
            }

            Array.Sort(entries, static (x, y) => string.CompareOrdinal(x.Name, y.Name));
            for (int i = entries.Length - 1; i >= 0; i--)
            {
                if (IsPlainDirectory(entries[i]) && !_excluded.Contains(entries[i].Name))
                    pending.Push(entries[i].FullName);
            }

            foreach (FileSystemInfo entry in entries)
            {
                if (IsPlainDirectory(entry))
                    continue;
                string relative = Path.GetRelativePath(start, entry.FullName).Replace('\\', '/');
                if (pattern is not null && !pattern.IsMatch(relative))
                    continue;
                if (entry.FullName.Length > _maxPathLength)
                    yield return Problem(entry.FullName, ScanIssueKind.Limit, $"The path has {entry.FullName.Length} characters; the limit {nameof(ScanLimits.MaxPathLength)} is {_maxPathLength}.");
                else if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.LinkTarget is not null)
                {
                    if (LinkProblem(entry, start) is { } link)
                        yield return link;
                }
                else
                {
                    yield return new ScanTarget
                    {
                        ReportPath = ToReportPath(entry.FullName),
                        FullPath = entry.FullName,
                        Root = handle,
                        RelativePath = relative,
                        LengthHint = entry is FileInfo file ? file.Length : 0,
                    };
                }
            }
        }
    }

    private static bool IsPlainDirectory(FileSystemInfo entry) => entry is DirectoryInfo && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    // A link to something inside the tree hides nothing: its target is scanned under its own name.
    private ScanTarget? LinkProblem(FileSystemInfo entry, string start)
    {
        string? target = null;
        try
        {
            target = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // A loop or a broken link: there is nothing behind it that could be scanned.
        }

        string shown = PrintableText.Escape(entry.LinkTarget ?? "", 256);
        if (target is null || !Path.Exists(target))
            return Problem(entry.FullName, ScanIssueKind.Link, $"The link leads to '{shown}', which does not exist.");
        string prefix = start.EndsWith(Path.DirectorySeparatorChar) ? start : start + Path.DirectorySeparatorChar;
        return target.StartsWith(prefix, StringComparison.Ordinal)
            ? null
            : Problem(entry.FullName, ScanIssueKind.Link, $"The link leads out of the tree to '{shown}' and was not followed.");
    }

    private ScanTarget Problem(string path, ScanIssueKind kind, string message) =>
        new() { ReportPath = ToReportPath(path), FullPath = path, Problem = kind, ProblemMessage = message };

    private static long LengthOf(string path)
    {
        try
        {
            var info = new FileInfo(path);
            return info.Exists ? info.Length : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private string ToReportPath(string full)
    {
        string prefix = _rootDirectory.EndsWith(Path.DirectorySeparatorChar) ? _rootDirectory : _rootDirectory + Path.DirectorySeparatorChar;
        string path = full.StartsWith(prefix, StringComparison.Ordinal) ? full[prefix.Length..] : full;
        return OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;
    }
}
