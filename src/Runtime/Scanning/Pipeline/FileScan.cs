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
    private const int HeadLength = 1 << 20;

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
            bool complete = ReadAll(stream, expectedLength, innerPath, consumers, ref buffer, ref length, out bool whole);
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

            Analyze(context);
        }

        return Collect(context, displayPath, length, format, complete ? consumers : null);
    }

    // One sequential read. The content is kept up to the limit; every consumer sees each block once, straight after it was read.
    private bool ReadAll(Stream stream, long expectedLength, string? innerPath, ConsumerSet consumers, ref IMemoryOwner<byte>? buffer, ref long length, out bool whole)
    {
        ScanLimits limits = Options.Limits;
        int blockSize = limits.BlockSize;
        long maxLength = expectedLength >= 0 && innerPath is null ? Math.Min(expectedLength, limits.MaxFileSize) : limits.MaxFileSize;
        IMemoryOwner<byte>? scratch = null;
        var location = new FindingLocation(Path) { InnerPath = innerPath };
        whole = true;
        try
        {
            // One byte more than the length was said to be shows that a file grew, without another read.
            long first = expectedLength is >= 0 and <= int.MaxValue - 1 ? expectedLength + 1 : blockSize;
            if (innerPath is not null)
                first = Math.Min(first, blockSize);
            if (first > limits.MaxInMemorySize + 1L)
            {
                first = Math.Min(HeadLength, limits.MaxInMemorySize);
                whole = false;
            }

            buffer = Memory.Rent((int)Math.Min(first, limits.MaxInMemorySize + 1L));
            while (true)
            {
                CheckTime("reading");
                Memory<byte> target;
                if (length < buffer.Memory.Length)
                {
                    target = buffer.Memory[(int)length..];
                }
                else if (whole && buffer.Memory.Length <= limits.MaxInMemorySize)
                {
                    Grow(ref buffer, limits.MaxInMemorySize + 1);
                    continue;
                }
                else
                {
                    whole = false;
                    scratch ??= Memory.Rent(blockSize);
                    target = scratch.Memory;
                }

                Span<byte> block = target.Span[..Math.Min(target.Length, blockSize)];
                int read = stream.Read(block);
                if (read == 0)
                    break;
                length += read;
                if (length > maxLength && innerPath is null && expectedLength >= 0)
                    return true;
                if (length > limits.MaxFileSize)
                    throw new ScanLimitException(nameof(ScanLimits.MaxFileSize), limits.MaxFileSize, "reading");
                Work.Spend("reading", read);
                consumers.Append(block[..read]);
            }

            if (length > limits.MaxInMemorySize)
                whole = false;
            return true;
        }
        catch (ScanLimitException exception)
        {
            ReportReadLimit(exception, location);
        }
        catch (AllocationLimitExceededException exception)
        {
            ReportIncomplete(new ScanIssue(ScanIssueKind.Limit, $"{exception.Message} The limit is {nameof(ScanLimits.MaxMemoryPerFile)}.", location));
        }
        catch (InvalidDataException exception)
        {
            ReportIncomplete(new ScanIssue(ScanIssueKind.Malformed, $"The content cannot be unpacked: {PrintableText.Escape(exception.Message, 256)}", location));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ReportIncomplete(new ScanIssue(ScanIssueKind.Unreadable, $"The content cannot be read: {PrintableText.Escape(exception.Message, 256)}", location));
        }
        finally
        {
            scratch?.Dispose();
        }

        whole = false;
        return false;
    }

    private void ReportReadLimit(ScanLimitException exception, FindingLocation location) =>
        ReportIncomplete(new ScanIssue(exception.LimitName == nameof(ScanLimits.MaxProcessingTime) ? ScanIssueKind.Deadline : ScanIssueKind.Limit, exception.Message, location));

    private void Grow(ref IMemoryOwner<byte> buffer, int maxLength)
    {
        int size = (int)Math.Min(Math.Max(buffer.Memory.Length * 2L, 64 << 10), maxLength);
        IMemoryOwner<byte> larger = Memory.Rent(size);
        buffer.Memory.CopyTo(larger.Memory);
        buffer.Dispose();
        buffer = larger;
    }

    private void Analyze(AnalysisContext context)
    {
        bool skipped = false;
        foreach (IContentAnalyzer analyzer in _analyzers)
        {
            context.CurrentAnalyzer = analyzer.Name;
            try
            {
                if (!analyzer.Accepts(context))
                    continue;
                if (!context.Content.IsWhole && analyzer.NeedsWholeContent)
                {
                    skipped = true;
                    continue;
                }

                analyzer.Analyze(context);
            }
            catch (ScanLimitException exception)
            {
                ScanIssueKind kind = exception.LimitName == nameof(ScanLimits.MaxProcessingTime) ? ScanIssueKind.Deadline : ScanIssueKind.Limit;
                context.ReportIncomplete(kind, exception.Message);
                if (exception.LimitName is nameof(ScanLimits.MaxWorkUnits) or nameof(ScanLimits.MaxProcessingTime))
                    return;
            }
            catch (AllocationLimitExceededException exception)
            {
                context.ReportIncomplete(ScanIssueKind.Limit, $"{analyzer.Name}: {exception.Message} The limit is {nameof(ScanLimits.MaxMemoryPerFile)}.");
            }
            catch (OperationCanceledException)
            {
                throw;
            }
#pragma warning disable CA1031 // A defect in one analyzer must neither end the scan of a tree nor pass as clean.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // The message of an unknown exception may quote content, so only its type is reported.
                context.ReportIncomplete(ScanIssueKind.EngineError, $"The analyzer '{analyzer.Name}' failed with {exception.GetType().Name}.");
            }
        }

        if (skipped)
        {
            context.ReportIncomplete(
                ScanIssueKind.Limit,
                $"The content has {context.Content.Length} bytes; above the limit {nameof(ScanLimits.MaxInMemorySize)} = {Options.Limits.MaxInMemorySize} only digests, entropy and type are computed.");
        }
    }

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
            Verdict = Judge(members),
        };
    }

    private ScanVerdict Judge(ImmutableArray<FileScanResult> members)
    {
        ScanVerdict verdict = _issues.Count > 0 ? ScanVerdict.Incomplete : ScanVerdict.Clean;
        foreach (Finding finding in _findings)
        {
            if (finding.Rule.Tags.Contains(ScanRules.MaliciousTag))
                verdict = ScanVerdict.Malicious;
            else if (finding.Severity >= FindingSeverity.Warning && finding.Suppression is null && finding.RuleId != ScanRules.Incomplete.Id && verdict < ScanVerdict.Suspicious)
                verdict = ScanVerdict.Suspicious;
        }

        foreach (FileScanResult member in members)
        {
            if (member.Verdict > verdict)
                verdict = member.Verdict;
        }

        return verdict;
    }
}
