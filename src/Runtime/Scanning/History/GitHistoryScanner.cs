using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;
using SecurityToolchain.Scanning.Secrets;

namespace SecurityToolchain.Scanning.History;

/// <summary>
/// Finds secrets in the history of a git repository: in every version of every text file, and in commit messages, of all that references and
/// their logs reach. Each content is looked at once, and a secret is named by the first commit that has it. Authors are not read.
/// </summary>
/// <remarks>
/// The objects are read here and not by the git program: its configuration, which lies in the repository, can name programs to run, and a
/// partial clone makes git contact the server that the repository names.
/// </remarks>
public sealed class GitHistoryScanner
{
    private const int HeadLength = 8192;

    private readonly ScanOptions _options;
    private readonly ImmutableArray<IContentAnalyzer> _analyzers = [new SecretAnalyzer()];
    private readonly byte[] _identityKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>Creates a scanner.</summary>
    /// <param name="options">The options; limits, threads, root directory and shard are used. Null takes the defaults.</param>
    public GitHistoryScanner(ScanOptions? options = null) =>
        _options = (options ?? new ScanOptions()) with { Digests = DigestAlgorithms.None, SimilarityDigest = false, KeepStrings = false, Cache = null };

    /// <summary>Scans the history of the repository that a directory belongs to.</summary>
    /// <param name="directory">A work tree, a directory in it, or a bare repository.</param>
    /// <param name="progress">Receives progress, or null.</param>
    /// <param name="cancellationToken">Stops the scan; the call then throws and nothing is reported.</param>
    /// <returns>A report; only contents with findings are listed as files, as <c>commit:path</c>.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no repository.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public Task<ScanReport> ScanAsync(string directory, IScanProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return Task.Factory.StartNew(() => Scan(directory, progress, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The full path of the repository's own directory that a directory belongs to, or null.</summary>
    /// <param name="directory">The directory.</param>
    public static string? FindRepository(string directory)
    {
        using GitDirectory? repository = GitDirectory.TryOpen(directory);
        return repository?.Own;
    }

    private ScanReport Scan(string directory, IScanProgress? progress, CancellationToken cancellationToken)
    {
        string root = Path.GetFullPath(_options.RootDirectory ?? Directory.GetCurrentDirectory());
        using GitDirectory repository = GitDirectory.TryOpen(Path.GetFullPath(directory, root))
            ?? throw new DirectoryNotFoundException($"'{PrintableText.Escape(directory, 1024)}' belongs to no git repository.");
        var issues = new GitHistoryIssues(repository.Show(root));
        if (repository.HasReferenceTables)
            issues.Add(ScanIssueKind.Unsupported, "References are stored as tables; only those of logs and heads were read.");
        using var store = new GitObjectStore(repository, _options.Limits, issues.Add);
        HashSet<GitObjectId> shallow = GitReferences.ReadShallow(repository);
        if (shallow.Count > 0)
            issues.Add(ScanIssueKind.NotFound, string.Create(CultureInfo.InvariantCulture, $"The clone is shallow: what is older than {shallow.Count} commits is not in it."));
        var walk = new GitHistoryWalk(store, _options.Limits, shallow, issues.Add, cancellationToken);
        IReadOnlyList<GitHistoryItem> items = walk.Run(GitReferences.Read(repository, issues.Add));
        int missing = walk.MissingObjects;
        (int Item, (int, long) Place)[] order = Order(items, store, cancellationToken);
        progress?.Discovered(order.Length, order.Length, complete: true);
        var results = new (FileScanResult? Result, ImmutableArray<UInt128> Identities)[items.Count];
        long bytes = 0;
        Parallel.ForEach(
            order,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = _options.Threads == 0 ? Environment.ProcessorCount : _options.Threads },
            entry =>
            {
                GitHistoryItem item = items[entry.Item];
                GitCommit? commit = item.Commit < 0 ? null : walk.Commits[item.Commit];
                (FileScanResult? result, ImmutableArray<UInt128> identities) = ScanItem(store, item, commit, issues, ref missing, cancellationToken);
                if (result is { Findings.IsEmpty: false })
                    results[entry.Item] = (result, identities);
                progress?.FileFinished(item.Path ?? "commit message", 1);
                Interlocked.Add(ref bytes, result?.Size ?? 0);
            });
        if (missing > 0)
            issues.Add(ScanIssueKind.NotFound, string.Create(CultureInfo.InvariantCulture, $"{missing} objects of the history are not in the repository."));
        return Report(results, issues, order.Length, bytes);
    }

    // In the order of the packs, so that neighbours, which are deltas of each other, are read together.
    private (int Item, (int, long) Place)[] Order(IReadOnlyList<GitHistoryItem> items, GitObjectStore store, CancellationToken cancellationToken)
    {
        var order = new List<(int Item, (int Pack, long Offset) Place)>();
        for (int i = 0; i < items.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_options.ShardCount == 1 || ShardOf(items[i]) == _options.ShardIndex)
                order.Add((i, store.Locate(items[i].Id)));
        }

        return [.. order.OrderBy(static entry => entry.Place)];
    }

    // All versions of a file are in one shard, because a finding that stays through them is reported once.
    private int ShardOf(GitHistoryItem item)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(item.Path ?? item.Id.ToString()));
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(digest) % (uint)_options.ShardCount);
    }

    private (FileScanResult? Result, ImmutableArray<UInt128> Identities) ScanItem(GitObjectStore store, GitHistoryItem item, GitCommit? commit, GitHistoryIssues issues, ref int missing, CancellationToken cancellationToken)
    {
        string path = item.Path is null ? "commit-message.txt" : PrintableText.Escape(item.Path, _options.Limits.MaxPathLength);
        int maxLength = Math.Min(_options.Limits.MaxTextSize, _options.Limits.MaxInMemorySize);
        try
        {
            if (store.TryRead(item.Id, maxLength) is not { } found)
            {
                Interlocked.Increment(ref missing);
                return default;
            }

            ReadOnlyMemory<byte> content = item.Path is null ? found.Content.AsMemory(GitCommit.MessageStart(found.Content)) : found.Content;
            FileScanResult result = new FileScan(_options, _analyzers, path, cancellationToken).Run(content);
            return result.Findings.IsEmpty ? (result, []) : (Name(result, item, commit), [.. result.Findings.Select(finding => Identity(finding, content.Span))]);
        }
        catch (GitFormatException exception)
        {
            // A picture or an archive is not searched for secrets, whatever its size.
            if (exception.Kind != ScanIssueKind.Limit || !IsBinary(store, item.Id))
                issues.Add(exception.Kind, $"'{path}' ({item.Id}): {exception.Message}");
            return default;
        }
    }

    private static bool IsBinary(GitObjectStore store, GitObjectId id)
    {
        try
        {
            return store.TryReadHead(id, HeadLength) is { } head && FileTypeDetector.Detect(head, long.MaxValue, "").Category is not (FileCategory.Text or FileCategory.Script);
        }
        catch (GitFormatException)
        {
            return false;
        }
    }

    // Two passwords look the same once they are redacted, so the bytes themselves decide; a key of this run keeps the digest from telling them.
    private UInt128 Identity(Finding finding, ReadOnlySpan<byte> content)
    {
        FindingLocation location = finding.Location;
        ReadOnlySpan<byte> secret = location.Offset >= 0 && location.Length >= 0 && location.Offset + location.Length <= content.Length ? content.Slice((int)location.Offset, (int)location.Length) : default;
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _identityKey);
        hash.AppendData(Encoding.UTF8.GetBytes($"{location.Path}\0{finding.RuleId}\0{finding.Identity ?? finding.Message}\0"));
        hash.AppendData(secret);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    private static FileScanResult Name(FileScanResult result, GitHistoryItem item, GitCommit? commit)
    {
        string revision = commit?.Id.ToString() ?? "";
        string place = commit is null ? $"the object {item.Id}" : item.Path is null ? $"the message of commit {revision}" : $"commit {revision}";
        return result with
        {
            Path = commit is null ? result.Path : item.Path is null ? revision : revision + ":" + result.Path,
            Findings = [.. result.Findings.Select(finding => finding with
            {
                Message = $"In {place}: {finding.Message}",
                Location = finding.Location with { Member = commit is null ? item.Id.ToString() : "commit " + revision },
                Properties = Properties(finding.Properties, item, commit),
            })],
        };
    }

    private static ImmutableSortedDictionary<string, string> Properties(ImmutableSortedDictionary<string, string> properties, GitHistoryItem item, GitCommit? commit)
    {
        if (item.Path is not null)
            properties = properties.SetItem("blob", item.Id.ToString());
        if (commit is not { } known)
            return properties;
        properties = properties.SetItem("commit", known.Id.ToString());
        // The range of DateTimeOffset; a commit may claim any time.
        return known.Seconds is > 0 and < 253402300800
            ? properties.SetItem("committed", DateTimeOffset.FromUnixTimeSeconds(known.Seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            : properties;
    }

    // A finding belongs to the first commit that has it; versions that only keep it are not reported.
    private static List<FileScanResult> OnlyNew((FileScanResult? Result, ImmutableArray<UInt128> Identities)[] results)
    {
        var known = new HashSet<UInt128>();
        var files = new List<FileScanResult>();
        foreach ((FileScanResult? result, ImmutableArray<UInt128> identities) in results)
        {
            if (result is null)
                continue;
            // Two equal secrets in one version are two findings.
            bool[] isNew = [.. identities.Select(identity => !known.Contains(identity))];
            known.UnionWith(identities);
            ImmutableArray<Finding> findings = [.. result.Findings.Where((_, i) => isNew[i])];
            if (!findings.IsEmpty)
                files.Add(result with { Findings = findings });
        }

        files.Sort(static (x, y) => string.CompareOrdinal(x.Path, y.Path));
        return files;
    }

    private static ScanReport Report((FileScanResult? Result, ImmutableArray<UInt128> Identities)[] results, GitHistoryIssues issues, int count, long bytes)
    {
        List<FileScanResult> files = OnlyNew(results);
        ImmutableArray<ScanIssue> all = [.. issues.All(), .. files.SelectMany(static f => f.Issues)];
        var findings = new List<Finding>(files.SelectMany(static f => f.Findings));
        findings.AddRange(issues.All().Select(static issue => new Finding(ScanRules.Incomplete, issue.Message, issue.Location)
        {
            Properties = ImmutableSortedDictionary<string, string>.Empty.Add("reason", issue.Kind.ToString()),
        }));
        findings.Sort(FindingOrder.Instance);
        ScanVerdict verdict = all.IsEmpty ? ScanVerdict.Clean : ScanVerdict.Incomplete;
        foreach (FileScanResult file in files)
            verdict = file.Verdict > verdict ? file.Verdict : verdict;
        return new ScanReport { Files = [.. files], Findings = [.. findings], Issues = all, FileCount = count, ByteCount = bytes, Verdict = verdict };
    }
}
