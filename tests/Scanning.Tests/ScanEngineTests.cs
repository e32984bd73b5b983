using System.Diagnostics;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Tests;

public sealed class ScanEngineTests
{
    private static Task<ScanReport> Scan(TemporaryDirectory directory, ScanOptions? options = null, params string[] inputs) =>
        new ScanEngine((options ?? new ScanOptions()) with { RootDirectory = directory.Path }).ScanAsync(inputs.Length == 0 ? ["."] : inputs, cancellationToken: TestContext.Current.CancellationToken);

    private static byte[] Sarif(ScanReport report)
    {
        using var stream = new MemoryStream();
        SarifWriter.Write(stream, new SarifRun { ToolVersion = "1.0.0", Findings = report.Findings });
        return stream.ToArray();
    }

    [Fact]
    public async Task Scan_AnyNumberOfThreads_GivesTheSameBytes()
    {
        using var directory = new TemporaryDirectory();
        for (int i = 0; i < 60; i++)
        {
            directory.File($"d{i % 7}/f{i}.png", i % 3 == 0 ? "MZ is text here"u8 : TestBytes.Noise(2000 + i, (ulong)i));
            directory.File($"d{i % 7}/e{i}.pdf.exe", TestBytes.Noise(100));
        }

        byte[] one = Sarif(await Scan(directory, new ScanOptions { Threads = 1 }));
        Assert.Equal(one, Sarif(await Scan(directory, new ScanOptions { Threads = 2 })));
        Assert.Equal(one, Sarif(await Scan(directory, new ScanOptions { Threads = 8 })));
        Assert.Contains("STC8004", System.Text.Encoding.UTF8.GetString(one), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_DirectoryFilePatternAndTwice_GivesEachFileOnce()
    {
        using var directory = new TemporaryDirectory();
        directory.File("a/b/one.txt", "1");
        directory.File("a/two.txt", "2");
        directory.File("a/three.md", "3");
        Assert.Equal(["a/b/one.txt", "a/three.md", "a/two.txt"], (await Scan(directory, null, "a", "a/two.txt", ".")).Files.Select(f => f.Path));
        Assert.Equal(["a/b/one.txt", "a/two.txt"], (await Scan(directory, null, "a/**/*.txt")).Files.Select(f => f.Path));
        Assert.Equal(["a/two.txt"], (await Scan(directory, null, "*/t??.txt")).Files.Select(f => f.Path));
        Assert.Equal(["a/three.md", "a/two.txt"], (await Scan(directory, new ScanOptions { ExcludedDirectories = ["b"] })).Files.Select(f => f.Path));
    }

    [Fact]
    public async Task Scan_MissingInput_IsIncompleteNotClean()
    {
        using var directory = new TemporaryDirectory();
        ScanReport report = await Scan(directory, null, "missing.txt", "none/*.txt");
        Assert.Equal([ScanIssueKind.NotFound, ScanIssueKind.NotFound], report.Issues.Select(i => i.Kind));
        Assert.Equal(ScanVerdict.Incomplete, report.Verdict);
        Assert.False(report.IsComplete);
        Assert.All(report.Findings, f => Assert.Equal("STC9010", f.RuleId));
    }

    [Fact]
    public async Task Scan_SpecialFiles_AreRefusedWithoutWaiting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo");
        using var directory = new TemporaryDirectory();
        string pipe = Path.Combine(directory.Path, "pipe");
        Process.Start("mkfifo", pipe).WaitForExit();
        File.CreateSymbolicLink(Path.Combine(directory.Path, "out"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(directory.Path, "in"), "real.txt");
        File.CreateSymbolicLink(Path.Combine(directory.Path, "broken"), "nowhere");
        directory.File("real.txt", "x");
        ScanReport report = await Scan(directory, null, ".", "/dev/zero", "/proc/self/status");
        // Not a byte was taken from any of them: the one that is read is the regular file.
        Assert.Equal(1, report.ByteCount);
        Assert.Equal(1, report.Files.Sum(static f => f.Work.GetValueOrDefault("reading")));
        Assert.Equal(
            [("/dev/zero", ScanIssueKind.SpecialFile), ("/proc/self/status", ScanIssueKind.SpecialFile), ("broken", ScanIssueKind.Link), ("out", ScanIssueKind.Link), ("pipe", ScanIssueKind.SpecialFile)],
            report.Issues.Select(i => (i.Location.Path, i.Kind)).OrderBy(i => i.Path, StringComparer.Ordinal));
        Assert.Contains(report.Files, f => f.Path == "real.txt" && f.Verdict == ScanVerdict.Clean);
    }

    [Fact]
    public async Task Scan_FileOverTheLimit_NamesLimitAndValue()
    {
        using var directory = new TemporaryDirectory();
        directory.File("big.bin", new byte[5000]);
        ScanReport report = await Scan(directory, new ScanOptions { Limits = new ScanLimits { MaxFileSize = 4999 } });
        ScanIssue issue = Assert.Single(report.Issues);
        Assert.Equal(ScanIssueKind.Limit, issue.Kind);
        Assert.Contains("5000", issue.Message, StringComparison.Ordinal);
        Assert.Contains("MaxFileSize is 4999", issue.Message, StringComparison.Ordinal);
        Assert.Empty(report.Files[0].Digests);
    }

    [Fact]
    public async Task Scan_FileLargerThanMemory_IsStreamedAndSaysWhatIsMissing()
    {
        using var directory = new TemporaryDirectory();
        byte[] content = TestBytes.Noise(300_000);
        directory.File("big.bin", content);
        var options = new ScanOptions { Limits = new ScanLimits { MaxInMemorySize = 100_000 }, Digests = DigestAlgorithms.Sha256, Analyzers = [new Probe(whole: true)] };
        ScanReport report = await Scan(directory, options);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), report.Files[0].Digests[0].ToHex());
        Assert.Contains("MaxInMemorySize = 100000", Assert.Single(report.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_GrowingFile_IsIncomplete()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("log.txt", new byte[20_000]);
        // The probe runs in the middle of the read: a hash consumer cannot, so a first file appends to the second one between open and read.
        var options = new ScanOptions { Limits = new ScanLimits { BlockSize = 4096 } };
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await File.AppendAllTextAsync(path, new string('x', 50_000), CancellationToken.None);
                if (new FileInfo(path).Length > 30 << 20)
                    await File.WriteAllTextAsync(path, "", CancellationToken.None);
            }
        }, CancellationToken.None);
        bool seen = false;
        for (int i = 0; i < 500 && !seen; i++)
            seen = (await Scan(directory, options, "log.txt")).Issues.Any(issue => issue.Kind == ScanIssueKind.Changed);
        await stop.CancelAsync();
        await writer;
        Assert.True(seen);
    }

    [Fact]
    public async Task Scan_Deadline_IsAnIssueOfTheFile()
    {
        using var directory = new TemporaryDirectory();
        directory.File("a.txt", "abc");
        directory.File("b.txt", "abc");
        var clock = new SteppingClock(TimeSpan.FromSeconds(200));
        ScanReport report = await Scan(directory, new ScanOptions { TimeProvider = clock, Threads = 1 });
        Assert.Equal([ScanIssueKind.Deadline, ScanIssueKind.Deadline], report.Issues.Select(i => i.Kind));
        Assert.All(report.Issues, i => Assert.Contains("MaxProcessingTime = 300", i.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scan_WorkBudget_NamesTheSpender()
    {
        using var directory = new TemporaryDirectory();
        directory.File("a.txt", new string('a', 5000));
        ScanReport report = await Scan(directory, new ScanOptions { Limits = new ScanLimits { MaxWorkUnits = 6000 }, Analyzers = [new Probe(units: 2000)] });
        Assert.Contains("probe reached the limit MaxWorkUnits = 6000", Assert.Single(report.Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_Cancelled_Throws()
    {
        using var directory = new TemporaryDirectory();
        directory.File("a.txt", "a");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ScanEngine().ScanAsync([directory.Path], null, cancelled.Token));
    }

    [Fact]
    public async Task Scan_FailingAnalyzer_IsAFindingWithoutItsMessage()
    {
        using var directory = new TemporaryDirectory();
        directory.File("a.txt", "a");
        ScanReport report = await Scan(directory, new ScanOptions { Analyzers = [new Probe(fail: true)] });
        ScanIssue issue = Assert.Single(report.Issues);
        Assert.Equal(ScanIssueKind.EngineError, issue.Kind);
        Assert.Contains("InvalidOperationException", issue.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_Shards_CoverEveryFileOnceAndKeepEqualContentTogether()
    {
        using var directory = new TemporaryDirectory();
        for (int i = 0; i < 40; i++)
            directory.File($"f{i:D2}.txt", $"content {i % 20}");
        var seen = new Dictionary<string, int>();
        for (int shard = 0; shard < 3; shard++)
        {
            ScanReport report = await Scan(directory, new ScanOptions { ShardIndex = shard, ShardCount = 3 });
            foreach (FileScanResult file in report.Files)
                seen.Add(file.Path, shard);
        }

        Assert.Equal(40, seen.Count);
        for (int i = 0; i < 20; i++)
            Assert.Equal(seen[$"f{i:D2}.txt"], seen[$"f{i + 20:D2}.txt"]);
        Assert.Equal(3, seen.Values.Distinct().Count());
    }

    [Fact]
    public async Task Scan_Progress_EndsWithTheTotals()
    {
        using var directory = new TemporaryDirectory();
        directory.File("a.txt", "12345");
        directory.File("b.txt", "123");
        var progress = new RecordingProgress();
        await new ScanEngine().ScanAsync([directory.Path], progress, TestContext.Current.CancellationToken);
        Assert.Equal((2, 8, true), progress.Last);
        Assert.Equal(8, progress.Bytes);
    }

    [Fact]
    public async Task Scan_Progress_KnowsTheTotalsLongBeforeTheEnd()
    {
        using var directory = new TemporaryDirectory();
        for (int i = 0; i < 200; i++)
            directory.File($"f{i:D3}.txt", "12345");
        var progress = new RecordingProgress();
        ScanReport report = await new ScanEngine(new ScanOptions { Threads = 1, RootDirectory = directory.Path }).ScanAsync(["."], progress, TestContext.Current.CancellationToken);
        Assert.Equal(200, report.Files.Length);
        Assert.Equal((200, 1000, true), progress.Last);
        Assert.InRange(progress.BytesAtCompletion, 0, 50);
    }

    [Fact]
    public void Rules_AllHaveUniqueIdsAndNames()
    {
        Assert.Equal(ScanRules.All.Length, ScanRules.All.Select(r => r.Id).Distinct().Count());
        Assert.Equal(ScanRules.All.Length, ScanRules.All.Select(r => r.Name).Distinct().Count());
        Assert.All(ScanRules.All, r => Assert.Matches("^STC[0-9]{4}$", r.Id));
    }

    private sealed class Probe(bool whole = false, long units = 0, bool fail = false) : IContentAnalyzer
    {
        public string Name => "probe";

        public int Version => 1;

        public bool NeedsWholeContent => whole;

        public bool Accepts(AnalysisContext context) => true;

        public void Analyze(AnalysisContext context)
        {
            context.Spend(units);
            if (fail)
                throw new InvalidOperationException("password is hunter2");
        }
    }

    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, step.Ticks);
    }

    private sealed class RecordingProgress : IScanProgress
    {
        private long _bytes;

        public (long Files, long Bytes, bool Complete) Last { get; private set; }

        public long Bytes => _bytes;

        public long BytesAtCompletion { get; private set; } = -1;

        public void Discovered(long files, long bytes, bool complete)
        {
            Last = (files, bytes, complete);
            if (complete && BytesAtCompletion < 0)
                BytesAtCompletion = _bytes;
        }

        public void FileFinished(string path, long bytes) => Interlocked.Add(ref _bytes, bytes);
    }
}
