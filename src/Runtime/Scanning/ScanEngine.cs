using System.Collections.Immutable;
using System.Security.Cryptography;
using SecurityToolchain.Scanning.Caching;
using SecurityToolchain.Scanning.Inputs;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning;

/// <summary>
/// The scanning engine. Every file is opened once and read once; the report is the same for every number of threads. Thread-safe: one
/// engine may run several scans at a time.
/// </summary>
public sealed class ScanEngine
{
    /// <summary>The version of the engine; part of every cache key.</summary>
    public const string Version = "0.1.0";

    private const int ShardHeadLength = 64 << 10;
    private const int TargetsAhead = 32, MaxQueuedTargets = 100_000;

    private readonly ScanOptions _options;
    private readonly ImmutableArray<IContentAnalyzer> _analyzers;
    private readonly VerdictStore? _store;

    /// <summary>Creates an engine.</summary>
    /// <param name="options">The options; null takes the defaults.</param>
    public ScanEngine(ScanOptions? options = null)
    {
        _options = options ?? new ScanOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ShardCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(_options.ShardIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_options.ShardIndex, _options.ShardCount);
        _analyzers = _options.Analyzers ?? DefaultAnalyzers.Create();
        _store = _options.Cache is null ? null : new VerdictStore(_options.Cache, _options, _analyzers);
    }

    /// <summary>Scans bytes under a name.</summary>
    /// <param name="name">The name to report and to judge the content by.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    public FileScanResult ScanBytes(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new FileScan(_options, _analyzers, name, cancellationToken).Run(content);
    }

    /// <summary>Scans files, directories and patterns.</summary>
    /// <param name="inputs">Paths, absolute or relative to <see cref="ScanOptions.RootDirectory"/>; <c>*</c>, <c>?</c> and <c>**</c> are patterns.</param>
    /// <param name="progress">Receives progress, or null.</param>
    /// <param name="cancellationToken">Stops the scan; the call then throws and nothing is reported.</param>
    /// <returns>The report.</returns>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public Task<ScanReport> ScanAsync(IEnumerable<string> inputs, IScanProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Task.Factory.StartNew(() => Scan(inputs, progress, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private ScanReport Scan(IEnumerable<string> inputs, IScanProgress? progress, CancellationToken cancellationToken)
    {
        using var enumerator = new InputEnumerator(_options.RootDirectory, _options.ExcludedDirectories, _options.Limits.MaxPathLength);
        using IEnumerator<ScanTarget> targets = enumerator.Enumerate(inputs).GetEnumerator();
        var results = new List<FileScanResult>();
        var gate = new Lock();
        long discoveredFiles = 0, discoveredBytes = 0;
        bool ended = false;

        // With somebody who watches, the search runs ahead of the scan, so that the totals are known early and an estimate is possible.
        int ahead = progress is null ? 1 : TargetsAhead;
        var queue = new Queue<ScanTarget>();

        ScanTarget? Next()
        {
            lock (gate)
            {
                for (int i = 0; i < ahead && !ended && queue.Count < MaxQueuedTargets; i++)
                {
                    if (!targets.MoveNext())
                    {
                        ended = true;
                        break;
                    }

                    discoveredFiles++;
                    discoveredBytes += targets.Current.LengthHint;
                    queue.Enqueue(targets.Current);
                }

                progress?.Discovered(discoveredFiles, discoveredBytes, ended);
                return queue.TryDequeue(out ScanTarget? next) ? next : null;
            }
        }

        void Work()
        {
            while (Next() is { } target)
            {
                cancellationToken.ThrowIfCancellationRequested();
                FileScanResult? result = ScanTarget(target, cancellationToken);
                progress?.FileFinished(target.ReportPath, result?.Size ?? 0);
                if (result is null)
                    continue;
                lock (gate)
                    results.Add(result);
            }
        }

        RunWorkers(Work);
        results.Sort(static (x, y) => string.CompareOrdinal(x.Path, y.Path));
        return Summarize(results);
    }

    private void RunWorkers(Action work)
    {
        int threads = _options.Threads == 0 ? Environment.ProcessorCount : _options.Threads;
        // Each file in flight may hold its whole budget, so the sum decides how many may be in flight.
        threads = (int)Math.Max(1, Math.Min(threads, _options.Limits.MaxMemory / _options.Limits.MaxMemoryPerFile));
        var tasks = new Task[threads - 1];
        for (int i = 0; i < tasks.Length; i++)
            tasks[i] = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            work();
        }
        finally
        {
            // A failing worker must not hide behind one that was only waited for.
            Task.WaitAll(Array.ConvertAll(tasks, static task => task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        }

        foreach (Task task in tasks)
            task.GetAwaiter().GetResult();
    }

    private FileScanResult? ScanTarget(ScanTarget target, CancellationToken cancellationToken)
    {
        var scan = new FileScan(_options, _analyzers, target.ReportPath, cancellationToken);
        if (target.Problem is { } problem)
            return _options.ShardIndex == 0 ? scan.RunProblem(problem, target.ProblemMessage) : null;
        using OpenedFile file = target.Root is null && target.RelativePath.Length == 0
            ? FileOpener.Open(target.FullPath)
            : FileOpener.OpenBelow(target.Root, target.RelativePath, target.FullPath);
        if (file.Handle is null)
            return _options.ShardIndex == 0 ? scan.RunProblem(file.Problem, file.Message) : null;
        if (_options.ShardCount > 1 && ShardOf(file) != _options.ShardIndex)
            return null;
        return _store is null ? scan.Run(file) : _store.Scan(scan, file, target.ReportPath);
    }

    // Length and head decide the shard: equal contents always meet in one shard, and the other shards read 64 KiB of them at most.
    private int ShardOf(OpenedFile file)
    {
        byte[] head = new byte[(int)Math.Min(ShardHeadLength, file.Length)];
        int read = 0;
        try
        {
            int count;
            while (read < head.Length && (count = RandomAccess.Read(file.Handle!, head.AsSpan(read), read)) > 0)
                read += count;
        }
        catch (IOException)
        {
            // The shard of the bytes that could be read reports the failure when it reads the file.
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(file.Length));
        hash.AppendData(head.AsSpan(0, read));
        uint number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(hash.GetHashAndReset());
        return (int)(number % (uint)_options.ShardCount);
    }

    private static ScanReport Summarize(List<FileScanResult> results)
    {
        var findings = new List<Finding>();
        var issues = new List<ScanIssue>();
        long files = 0, bytes = 0;
        ScanVerdict verdict = ScanVerdict.Clean;
        var pending = new Stack<FileScanResult>();
        foreach (FileScanResult result in results)
        {
            bytes += result.Size;
            if (result.Verdict > verdict)
                verdict = result.Verdict;
            pending.Push(result);
            while (pending.TryPop(out FileScanResult? current))
            {
                files++;
                findings.AddRange(current.Findings);
                issues.AddRange(current.Issues);
                for (int i = current.Members.Length - 1; i >= 0; i--)
                    pending.Push(current.Members[i]);
            }
        }

        findings.Sort(FindingOrder.Instance);
        return new ScanReport
        {
            Files = [.. results],
            Findings = [.. findings],
            Issues = [.. issues],
            FileCount = files,
            ByteCount = bytes,
            Verdict = verdict,
        };
    }
}
