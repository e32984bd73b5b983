using System.Buffers;
using System.Collections.Immutable;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Inputs;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;
using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>The scan of one top-level file with everything nested in it. Belongs to one thread.</summary>
internal sealed class FileScan
{
    private readonly ImmutableArray<IContentAnalyzer> _analyzers;
    private readonly CancellationToken _cancellation;
    private readonly long _started;
    private List<Finding> _findings = [];
    private List<ScanIssue> _issues = [];
    private int _findingCount;
    private bool _findingsFull;

    public FileScan(ScanOptions options, ImmutableArray<IContentAnalyzer> analyzers, string path, CancellationToken cancellation)
    {
        Options = options;
        Path = path;
        _analyzers = analyzers;
        _cancellation = cancellation;
        _started = options.TimeProvider.GetTimestamp();
        Memory = new MemoryBudget(options.Limits.MaxMemoryPerFile);
        Work = new WorkBudget(options.Limits.MaxWorkUnits);
    }

    public ScanOptions Options { get; }

    public string Path { get; }

    public MemoryBudget Memory { get; }

    public WorkBudget Work { get; }

    public ArchiveTotals Archives { get; } = new();

    /// <summary>The digest that names the content in the cache, when <see cref="Run(OpenedFile, bool)"/> was asked for it and read to the end.</summary>
    public byte[]? ContentDigest { get; private set; }

    /// <summary>Scans an open file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="withContentDigest">Whether to compute <see cref="ContentDigest"/> in the same read.</param>
    public FileScanResult Run(OpenedFile file, bool withContentDigest = false)
    {
        if (file.Length > Options.Limits.MaxFileSize)
        {
            ReportIncomplete(new ScanIssue(
                ScanIssueKind.Limit,
                $"The file has {file.Length} bytes; the limit {nameof(ScanLimits.MaxFileSize)} is {Options.Limits.MaxFileSize}.",
                new FindingLocation(Path)));
            return Collect(context: null, name: Path, 0, FileFormats.Unknown, consumers: null);
        }

        using var stream = new HandleViewStream(file.Handle!, long.MaxValue);
        return ScanStream(Path, innerPath: null, depth: 0, stream, file.Length, file, withContentDigest);
    }

    /// <summary>Scans bytes that are in memory.</summary>
    public FileScanResult Run(ReadOnlyMemory<byte> content)
    {
        if (content.Length <= Math.Min(Options.Limits.MaxInMemorySize, Options.Limits.MaxFileSize))
            return RunHeld(content);
        using var stream = new MemoryViewStream(content);
        return ScanStream(Path, innerPath: null, depth: 0, stream, content.Length, file: null);
    }

    /// <summary>Scans bytes that are in memory where they lie.</summary>
    public FileScanResult RunHeld(ReadOnlyMemory<byte> content)
    {
        using var consumers = new ConsumerSet(Options);
        bool complete = true;
        try
        {
            int blockSize = Options.Limits.BlockSize;
            for (int at = 0; at < content.Length; at += Math.Min(blockSize, content.Length - at))
            {
                CheckTime("reading");
                ReadOnlySpan<byte> block = content.Span.Slice(at, Math.Min(blockSize, content.Length - at));
                Work.Spend("reading", block.Length);
                consumers.Append(block);
            }

            CheckTime("reading");
        }
        catch (ScanLimitException exception)
        {
            ReportReadLimit(exception, new FindingLocation(Path));
            complete = false;
        }

        return Conclude(Path, innerPath: null, depth: 0, new ScanContent(content), complete, file: null, consumers);
    }

    /// <summary>A result that says why nothing was read.</summary>
    public FileScanResult RunProblem(ScanIssueKind kind, string message)
    {
        ReportIncomplete(new ScanIssue(kind, message, new FindingLocation(Path)));
        return Collect(context: null, name: Path, 0, FileFormats.Unknown, consumers: null);
    }

    public long ScanMember(AnalysisContext parent, string name, Stream content, long expectedLength)
    {
        string shown = PrintableText.Escape(name, Options.Limits.MaxEntryNameLength);
        string inner = parent.InnerPath is null ? shown : parent.InnerPath + "!/" + shown;
        (List<Finding> findings, List<ScanIssue> issues) = (_findings, _issues);
        (_findings, _issues) = ([], []);
        FileScanResult result;
        try
        {
            result = ScanStream(Path + "!/" + inner, inner, parent.Depth + 1, content, expectedLength, file: null);
        }
        finally
        {
            (_findings, _issues) = (findings, issues);
        }

        if (Options.KeepMembers)
        {
            parent.Members.Add(result);
        }
        else
        {
            _findings.AddRange(result.Findings);
            _issues.AddRange(result.Issues);
        }

        return result.Size;
    }

    public void Report(Finding finding)
    {
        if (_findingCount >= Options.Limits.MaxFindingsPerFile)
        {
            if (!_findingsFull)
            {
                _findingsFull = true;
                AddIssue(new ScanIssue(
                    ScanIssueKind.Limit,
                    $"More findings than the limit {nameof(ScanLimits.MaxFindingsPerFile)} = {Options.Limits.MaxFindingsPerFile}; the rest is not listed.",
                    new FindingLocation(Path)));
            }

            return;
        }

        _findingCount++;
        _findings.Add(finding);
    }

    public void ReportIncomplete(ScanIssue issue)
    {
        // The same sentence about the same place says nothing new.
        if (!_issues.Contains(issue))
            AddIssue(issue);
    }

    public void CheckTime(string spender)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Options.TimeProvider.GetElapsedTime(_started) > Options.Limits.MaxProcessingTime)
            throw new ScanLimitException(nameof(ScanLimits.MaxProcessingTime), (long)Options.Limits.MaxProcessingTime.TotalSeconds, spender);
    }

    private void AddIssue(ScanIssue issue)
    {
        _issues.Add(issue);
        _findings.Add(new Finding(ScanRules.Incomplete, issue.Message, issue.Location)
        {
            Properties = ImmutableSortedDictionary<string, string>.Empty.Add("reason", issue.Kind.ToString()),
        });
    }

    private FileScanResult ScanStream(string displayPath, string? innerPath, int depth, Stream stream, long expectedLength, OpenedFile? file, bool withContentDigest = false)
    {
        using var consumers = new ConsumerSet(Options, withContentDigest);
        IMemoryOwner<byte>? buffer = null;
        try
        {
            long length = 0;
            bool complete = new ContentReading(this, innerPath).ReadAll(stream, expectedLength, consumers, ref buffer, ref length, out bool whole);
            ReadOnlyMemory<byte> kept = buffer is null ? default : buffer.Memory[..(int)Math.Min(length, buffer.Memory.Length)];
            ScanContent content = whole && complete ? new ScanContent(kept) : new ScanContent(kept, length, complete ? file?.Handle : null);
            ContentDigest = complete && depth == 0 ? consumers.ContentDigest() : null;
            return Conclude(displayPath, innerPath, depth, content, complete, file, consumers);
        }
        finally
        {
            buffer?.Dispose();
        }
    }

    private FileScanResult Conclude(string displayPath, string? innerPath, int depth, ScanContent content, bool complete, OpenedFile? file, ConsumerSet consumers)
    {
        long length = content.Length;
        string name = innerPath is null ? displayPath : innerPath[(innerPath.LastIndexOf("!/", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];
        FileFormat format = FileTypeDetector.Detect(content.Bytes, length, System.IO.Path.GetExtension(name));
        var context = new AnalysisContext(this, innerPath, depth, content, format);
        if (complete)
        {
            if (file is not null && length != file.Length)
            {
                context.ReportIncomplete(ScanIssueKind.Changed, length > file.Length
                    ? $"The file grew while it was read: it had {file.Length} bytes when it was opened."
                    : $"The file shrank while it was read: {file.Length} bytes when it was opened, {length} at the end.");
            }

            AnalyzerRun.Analyze(context, _analyzers);
        }

        return Collect(context, displayPath, length, format, complete ? consumers : null);
    }

    public void ReportReadLimit(ScanLimitException exception, FindingLocation location) =>
        ReportIncomplete(new ScanIssue(exception.LimitName == nameof(ScanLimits.MaxProcessingTime) ? ScanIssueKind.Deadline : ScanIssueKind.Limit, exception.Message, location));

    private FileScanResult Collect(AnalysisContext? context, string name, long size, FileFormat format, ConsumerSet? consumers)
    {
        _findings.Sort(FindingOrder.Instance);
        ImmutableArray<FileScanResult> members = context is null ? [] : context.Members.ToImmutable();
        (ImmutableArray<Digest> digests, string? similarity, double? entropy, ImmutableArray<ExtractedString> strings) = consumers?.Finish() ?? ([], null, null, []);
        if (consumers is { StringsTruncated: true })
            AddIssue(new ScanIssue(ScanIssueKind.Limit, $"More strings than the limit {nameof(ScanLimits.MaxStrings)} = {Options.Limits.MaxStrings}; the rest is not listed.", context!.At()));
        return new FileScanResult
        {
            Path = name,
            Size = size,
            Format = format,
            Digests = digests,
            SimilarityDigest = similarity,
            Entropy = entropy,
            Strings = context is { Strings.Count: > 0 } && Options.KeepStrings ? [.. strings, .. context.Strings] : strings,
            Facts = context is null ? ImmutableSortedDictionary<string, string>.Empty : context.Facts.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Findings = [.. _findings],
            Issues = [.. _issues],
            Members = members,
            Work = context is { Depth: 0 } ? Work.SpentBy.ToImmutableSortedDictionary(StringComparer.Ordinal) : ImmutableSortedDictionary<string, long>.Empty,
            PeakMemory = context is { Depth: 0 } ? Memory.Peak : 0,
            Verdict = VerdictJudge.Judge(_findings, _issues, members),
        };
    }
}
