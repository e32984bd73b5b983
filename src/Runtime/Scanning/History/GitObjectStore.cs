using System.Buffers.Text;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Inputs;

namespace SecurityToolchain.Scanning.History;

/// <summary>Finds and reads the objects of a repository, loose and packed, its alternates included. Thread-safe.</summary>
internal sealed class GitObjectStore : IDisposable
{
    private const long CacheBytes = 32L << 20;
    private const int MaxLooseHeader = 64;

    private readonly GitDirectory _repository;
    private readonly ScanLimits _limits;
    private readonly List<GitPack> _packs = [];

    public GitObjectStore(GitDirectory repository, ScanLimits limits, Action<ScanIssueKind, string> onIssue)
    {
        _repository = repository;
        _limits = limits;
        var cache = new GitObjectCache(CacheBytes);
        foreach (string directory in repository.ObjectDirectories)
        {
            foreach (string name in PackNames(directory))
            {
                try
                {
                    _packs.Add(GitPack.Open(repository, directory, name, cache, _packs.Count));
                }
                catch (GitFormatException exception)
                {
                    onIssue(exception.Kind, exception.Message);
                }
            }
        }
    }

    /// <summary>Where an object lies, for reading in the order of the disk; loose objects come last.</summary>
    public (int Pack, long Offset) Locate(GitObjectId id)
    {
        for (int i = 0; i < _packs.Count; i++)
        {
            if (_packs[i].Find(id) is var offset and >= 0)
                return (i, offset);
        }

        return (int.MaxValue, 0);
    }

    /// <summary>Reads an object.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="maxLength">The largest in bytes.</param>
    /// <returns>The object, or null when the repository does not have it.</returns>
    /// <exception cref="GitFormatException">It is malformed or larger.</exception>
    public GitObject? TryRead(GitObjectId id, long maxLength)
    {
        (int pack, long offset) = Locate(id);
        if (pack != int.MaxValue)
        {
            try
            {
                return _packs[pack].Read(offset, maxLength, new WorkBudget(_limits.MaxWorkUnits));
            }
            catch (ScanLimitException exception)
            {
                throw new GitFormatException(ScanIssueKind.Limit, exception.Message);
            }
        }

        foreach (string directory in _repository.ObjectDirectories)
        {
            if (TryReadLoose(directory, id, maxLength) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The first bytes of an object of any size, or null when they cannot be had without making the whole object.</summary>
    public byte[]? TryReadHead(GitObjectId id, int maxLength)
    {
        (int pack, long offset) = Locate(id);
        if (pack != int.MaxValue)
            return _packs[pack].TryReadHead(offset, maxLength);
        foreach (string directory in _repository.ObjectDirectories)
        {
            using OpenedFile file = OpenLoose(directory, id);
            if (file.Handle is null)
                continue;
            byte[] head = GitInflater.InflateHead(file.Handle, file.Length, 0, MaxLooseHeader + maxLength);
            int start = head.AsSpan().IndexOf((byte)0) + 1;
            return head[start..];
        }

        return null;
    }

    public void Dispose()
    {
        foreach (GitPack pack in _packs)
            pack.Dispose();
    }

    private static string[] PackNames(string directory)
    {
        try
        {
            var folder = new DirectoryInfo(Path.Combine(directory, "pack"));
            return folder.Exists ? [.. folder.EnumerateFiles("*.idx").Select(static f => f.Name).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private OpenedFile OpenLoose(string directory, GitObjectId id)
    {
        string name = id.ToString();
        return _repository.Open(directory, name[..2] + "/" + name[2..]);
    }

    // "kind length NUL content", all of it in one zlib stream.
    private GitObject? TryReadLoose(string directory, GitObjectId id, long maxLength)
    {
        using OpenedFile file = OpenLoose(directory, id);
        if (file.Handle is null)
            return file.Problem == ScanIssueKind.NotFound ? null : throw new GitFormatException(file.Problem, $"The object {id} cannot be read.");
        byte[] head = GitInflater.InflateHead(file.Handle, file.Length, 0, MaxLooseHeader);
        int blank = head.AsSpan().IndexOf((byte)' '), end = head.AsSpan().IndexOf((byte)0);
        if (blank < 0 || end < blank || !Utf8Parser.TryParse(head.AsSpan(blank + 1, end - blank - 1), out long length, out int digits) || digits != end - blank - 1 || length < 0)
            throw new GitFormatException(ScanIssueKind.Malformed, $"The object {id} has a malformed header.");
        if (length > maxLength)
            throw new GitFormatException(ScanIssueKind.Limit, $"The object {id} has {length} bytes; {maxLength} are read.");
        GitObjectKind kind = head.AsSpan(0, blank) switch
        {
            var text when text.SequenceEqual("commit"u8) => GitObjectKind.Commit,
            var text when text.SequenceEqual("tree"u8) => GitObjectKind.Tree,
            var text when text.SequenceEqual("blob"u8) => GitObjectKind.Blob,
            var text when text.SequenceEqual("tag"u8) => GitObjectKind.Tag,
            _ => throw new GitFormatException(ScanIssueKind.Malformed, $"The object {id} is of a kind that does not exist."),
        };
        byte[] whole = GitInflater.Inflate(file.Handle, file.Length, 0, end + 1 + length);
        return new GitObject(kind, whole[(end + 1)..]);
    }
}
