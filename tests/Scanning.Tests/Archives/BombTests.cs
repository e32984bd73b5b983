namespace SecurityToolchain.Scanning.Tests.Archives;

/// <summary>
/// Each kind of bomb is refused after little work, and the finding names the limit. The work is counted in bytes and units, not measured
/// in seconds: a thread inflates and looks at more than 200 MB in a second, so 64 MiB and as many units stay far below one.
/// </summary>
[Collection(nameof(SerialCollection))]
public sealed class BombTests
{
    private const long MaxBytes = 64L << 20;

    public static TheoryData<string> Kinds => [.. Bombs.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Scan_Bomb_IsRefusedAfterLittleWork(string kind)
    {
        (string name, byte[] content) = Bombs.Kinds[kind]();
        var engine = new ScanEngine(new ScanOptions { KeepMembers = false, Limits = Bombs.LimitsFor(kind) });
        // Tables and pools that the first scan of a process makes are no part of this one.
        engine.ScanBytes("warm.zip", new ZipBuilder().Add("a.zip", new ZipBuilder().Add("b", [1]).Build()).Build());
        long before = GC.GetAllocatedBytesForCurrentThread();
        FileScanResult result = engine.ScanBytes(name, content);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains(ArchiveTests.AllFindings(result), static f => f.RuleId == "STC8010");
        Assert.NotEqual(ScanVerdict.Clean, result.Verdict);
        Assert.NotEmpty(ArchiveTests.AllIssues(result));
        Assert.InRange(result.Work["reading"] - content.Length, 0, MaxBytes);
        Assert.InRange(result.Work.Values.Sum(), 1, MaxBytes + content.Length);
        Assert.InRange(result.PeakMemory, 0, MaxBytes);
        Assert.True(allocated < MaxBytes, $"{allocated} bytes were allocated");
    }

    [Fact]
    public void Scan_WellCompressedLog_PassesBelowTheFloor()
    {
        byte[] log = [.. Enumerable.Repeat("2026-01-01 00:00:00 INFO request served in 3 ms\n"u8.ToArray(), 20_000).SelectMany(static b => b)];
        Assert.True(log.Length < 1 << 20);
        Assert.True(log.Length / ZipBuilder.Deflate(log).Length > 200);
        FileScanResult result = ArchiveTests.Scan("log.zip", new ZipBuilder().Add("log.txt", log).Build());
        Assert.Equal(ScanVerdict.Clean, result.Verdict);
    }

    [Fact]
    public void Scan_TotalOverTheLimit_IsRefused()
    {
        byte[] noise = TestBytes.Noise(900_000);
        ZipBuilder builder = new();
        for (int i = 0; i < 10; i++)
            builder.Add("f" + i, noise, deflate: false);
        FileScanResult result = ArchiveTests.Scan("a.zip", builder.Build(), new ScanLimits { MaxTotalUncompressed = 5_000_000 });
        Assert.Contains("MaxTotalUncompressed", Assert.Single(result.Findings, f => f.RuleId == "STC8010").Message, StringComparison.Ordinal);
        Assert.Equal(6, result.Members.Length);
    }
}
