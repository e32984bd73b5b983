using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Scanning.Caching;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Inputs;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Tests.Archives;

namespace SecurityToolchain.Scanning.Tests.Caching;

public sealed class CacheTests
{
    private const string Password = "xK9" + "vQ2mZp7Lw";

    private static async Task<ScanReport> Scan(TemporaryDirectory tree, IVerdictCache? cache, ScanOptions? options = null) =>
        await new ScanEngine((options ?? new ScanOptions { KeepMembers = false }) with { Cache = cache, RootDirectory = tree.Path }).ScanAsync(["."], cancellationToken: TestContext.Current.CancellationToken);

    private static byte[] Sarif(ScanReport report)
    {
        using var stream = new MemoryStream();
        SarifWriter.Write(stream, new SarifRun { ToolVersion = "1", Findings = report.Findings });
        return stream.ToArray();
    }

    private static TemporaryDirectory Tree()
    {
        var tree = new TemporaryDirectory();
        tree.File("app.config", $"<a c=\"Server=x;User Id=sa;Password={Password};\"/>");
        tree.File("invoice.pdf.exe", "text");
        tree.File("clean.txt", "hello");
        tree.File("self.dll", File.ReadAllBytes(typeof(CacheTests).Assembly.Location));
        return tree;
    }

    private static string[] Segments(string directory) => [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Where(static f => Path.GetFileName(f) != "key")];

    [Fact]
    public async Task Scan_Again_IsAnsweredFromTheCacheWithTheSameReport()
    {
        using TemporaryDirectory tree = Tree(), store = new TemporaryDirectory();
        ScanReport first, second;
        using (var cache = new DiskVerdictCache(store.Path))
            first = await Scan(tree, cache);
        using (var cache = new DiskVerdictCache(store.Path))
            second = await Scan(tree, cache);
        Assert.All(first.Files, f => Assert.False(f.FromCache));
        Assert.All(second.Files, f => Assert.True(f.FromCache));
        Assert.Equal(Sarif(await Scan(tree, null)), Sarif(first));
        Assert.Equal(Sarif(first), Sarif(second));
        Assert.Equal(first.Files.Select(f => f.Facts.Count), second.Files.Select(f => f.Facts.Count));
        Assert.Equal(first.Files.SelectMany(f => f.Digests), second.Files.SelectMany(f => f.Digests));
    }

    [Fact]
    public async Task Scan_ChangedContentNameOrOptions_IsAMiss()
    {
        using TemporaryDirectory tree = Tree(), store = new TemporaryDirectory();
        using var cache = new DiskVerdictCache(store.Path);
        await Scan(tree, cache);
        tree.File("clean.txt", "hellp");
        File.Move(Path.Combine(tree.Path, "app.config"), Path.Combine(tree.Path, "app2.config"));
        ScanReport report = await Scan(tree, cache);
        Assert.Equal(["invoice.pdf.exe", "self.dll"], report.Files.Where(f => f.FromCache).Select(f => f.Path));
        Assert.All((await Scan(tree, cache, new ScanOptions { KeepMembers = false, Limits = new ScanLimits { MaxStrings = 5 } })).Files, f => Assert.False(f.FromCache));
    }

    [Fact]
    public async Task Archive_WithMembers_IsAnsweredWithEverythingThatWasFoundInThem()
    {
        using TemporaryDirectory tree = new(), store = new();
        byte[] inner = new ZipBuilder().Add("app.config", Encoding.UTF8.GetBytes($"<a c=\"Server=x;User Id=sa;Password={Password};\"/>")).Add("b.pdf.exe", "text"u8.ToArray()).Build();
        tree.File("outer.zip", new ZipBuilder().Add("inner.zip", inner).Add("self.dll", File.ReadAllBytes(typeof(CacheTests).Assembly.Location)).Build());
        using var cache = new DiskVerdictCache(store.Path);
        foreach (bool members in (bool[])[true, false])
        {
            var options = new ScanOptions { KeepMembers = members };
            ScanReport first = await Scan(tree, cache, options), second = await Scan(tree, cache, options), plain = await Scan(tree, null, options);
            Assert.False(first.Files[0].FromCache);
            Assert.True(second.Files[0].FromCache);
            Assert.NotEmpty(plain.Findings);
            Assert.Equal(Sarif(plain), Sarif(second));
            Assert.Equal(Text(plain.Files[0]), Text(second.Files[0]));
            Assert.Equal(members ? 2 : 0, second.Files[0].Members.Length);
            Assert.Equal((plain.FileCount, plain.ByteCount, plain.Verdict), (second.FileCount, second.ByteCount, second.Verdict));
        }
    }

    [Fact]
    public async Task UnchangedFile_IsNotRead_UnlessContentIsToBeVerified()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "identities of files");
        using TemporaryDirectory tree = new(), store = new();
        string path = tree.File("clean.txt", "hello");
        using (Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path))
            Assert.SkipWhen(UnixFile.IdentityOf(handle) is null, "the file system of the temporary directory is not trusted");
        using var cache = new DiskVerdictCache(store.Path);
        IContentIndex index = cache;
        // A moment after the change nothing is remembered: the file could change again within the same step of the clock.
        await Scan(tree, cache, Clock(path, seconds: 1));
        Assert.Null(index.TryGetContent(Identity(path)));
        await Scan(tree, cache, Clock(path, seconds: 10));
        Assert.NotNull(index.TryGetContent(Identity(path)));

        // An index that says "hello" of another content shows who asks it and who reads.
        tree.File("clean.txt", "HELLO");
        index.AddContent(Identity(path), Blake3.HashData("hello"u8));
        FileScanResult unread = Assert.Single((await Scan(tree, cache, Clock(path, seconds: 10))).Files);
        Assert.True(unread.FromCache);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("hello"u8)), unread.Digests[0].ToHex());
        FileScanResult read = Assert.Single((await Scan(tree, cache, Clock(path, seconds: 10) with { VerifyContent = true })).Files);
        Assert.False(read.FromCache);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("HELLO"u8)), read.Digests[0].ToHex());
    }

    [Theory]
    [InlineData("same length and old time")]
    [InlineData("replaced by a file with the same time")]
    public async Task ChangedFile_IsAlwaysReadAgain(string way)
    {
        using TemporaryDirectory tree = new(), store = new();
        string path = tree.File("app.config", "<a c=\"nothing to see in this file, move on, move on\"/>");
        DateTime time = File.GetLastWriteTimeUtc(path);
        using var cache = new DiskVerdictCache(store.Path);
        Assert.Empty((await Scan(tree, cache, Clock(path, seconds: 10))).Findings);
        string secret = $"<a c=\"Server=x;User Id=sa;Password={Password};\"/>".PadRight(54);
        Assert.Equal(new FileInfo(path).Length, secret.Length);
        string target = way.StartsWith("same", StringComparison.Ordinal) ? path : path + ".new";
        File.WriteAllText(target, secret);
        File.SetLastWriteTimeUtc(target, time);
        if (target != path)
            File.Move(target, path, overwrite: true);
        Assert.Equal("STC4003", Assert.Single((await Scan(tree, cache, Clock(path, seconds: 20))).Findings).RuleId);
    }

    [Fact]
    public void Identity_IsSettledOnlyWhenEveryChangeWouldShow()
    {
        long now = 1_800_000_000_000_000_000;
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        Assert.False(new FileIdentity(1, 1, 1, now, now).IsSettled(time));
        Assert.False(new FileIdentity(1, 1, 1, 0, now - 2_000_000_000).IsSettled(time));
        Assert.False(new FileIdentity(1, 1, 1, now + 5_000_000_000, 0).IsSettled(time));
        Assert.True(new FileIdentity(1, 1, 1, now - 4_000_000_000, now - 4_000_000_000).IsSettled(time));
    }

    [Fact]
    public async Task LargeFile_IsRememberedWithTheDigestOfItsOneRead()
    {
        using TemporaryDirectory tree = new(), store = new();
        string path = tree.File("big.bin", TestBytes.Noise(300_000));
        using var cache = new DiskVerdictCache(store.Path);
        ScanOptions options = Clock(path, seconds: 10) with { Limits = new ScanLimits { MaxInMemorySize = 100_000 } };
        ScanReport first = await Scan(tree, cache, options), second = await Scan(tree, cache, options with { VerifyContent = true });
        Assert.False(first.Files[0].FromCache);
        Assert.True(second.Files[0].FromCache);
        Assert.Equal(Sarif(first), Sarif(second));
        Assert.Equal(first.Issues, second.Issues);
        tree.File("big.bin", TestBytes.Noise(300_000, 7));
        Assert.False((await Scan(tree, cache, options)).Files[0].FromCache);
    }

    [Fact]
    public async Task Segments_AreNotReadable_DamagedAndForgedOnesAreDropped()
    {
        using TemporaryDirectory tree = Tree(), store = new TemporaryDirectory();
        using (var cache = new DiskVerdictCache(store.Path))
            await Scan(tree, cache);
        string segment = Assert.Single(Segments(store.Path));
        byte[] good = File.ReadAllBytes(segment);
        string text = Encoding.Latin1.GetString(good);
        Assert.DoesNotContain("app.config", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);

        // The first entry is damaged: one file is scanned again. The directory, the end or the key is damaged: all are.
        foreach ((int at, int corrupt, int again) in ((int, int, int)[])[(30, 1, 1), (good.Length - 40, 1, 4), (good.Length - 10, 1, 4), (good.Length - 1, 1, 4)])
        {
            byte[] bad = [.. good];
            bad[at] ^= 1;
            File.WriteAllBytes(segment, bad);
            using (var cache = new DiskVerdictCache(store.Path))
            {
                ScanReport report = await Scan(tree, cache);
                Assert.Equal(again, report.Files.Count(static f => !f.FromCache));
                Assert.Equal(corrupt, cache.CorruptEntries);
            }

            using (var cache = new DiskVerdictCache(store.Path))
                Assert.All((await Scan(tree, cache)).Files, static f => Assert.True(f.FromCache));
            foreach (string file in Segments(store.Path))
                File.Delete(file);
        }

        // A segment of another store is no segment here, and neither is a cut one.
        using var other = new TemporaryDirectory();
        using (var cache = new DiskVerdictCache(other.Path))
            await Scan(tree, cache);
        File.Copy(Assert.Single(Segments(other.Path)), segment);
        File.WriteAllBytes(Path.ChangeExtension(segment, null) + "2.verdicts", good[..(good.Length / 2)]);
        using (var cache = new DiskVerdictCache(store.Path))
        {
            Assert.Equal(2, cache.CorruptEntries);
            Assert.All((await Scan(tree, cache)).Files, static f => Assert.False(f.FromCache));
        }
    }

    [Fact]
    public async Task Incomplete_ForReasonsOfTheMoment_IsNotRemembered_ForReasonsOfTheContentIsRemembered()
    {
        using TemporaryDirectory tree = new(), store = new();
        tree.File("a.7z", (ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]);
        using var cache = new DiskVerdictCache(store.Path);
        ScanReport first = await Scan(tree, cache), second = await Scan(tree, cache);
        Assert.True(second.Files[0].FromCache);
        Assert.Equal(ScanIssueKind.Unsupported, Assert.Single(second.Issues).Kind);
        Assert.Equal(first.Issues, second.Issues);
        Assert.Equal(Sarif(first), Sarif(second));

        tree.File("b.txt", "text");
        var late = new ScanOptions { KeepMembers = false, TimeProvider = new LateClock() };
        Assert.Equal(ScanIssueKind.Deadline, (await Scan(tree, cache, late)).Files.Single(static f => f.Path == "b.txt").Issues[0].Kind);
        FileScanResult later = (await Scan(tree, cache)).Files.Single(static f => f.Path == "b.txt");
        Assert.False(later.FromCache);
        Assert.Equal(ScanVerdict.Clean, later.Verdict);
    }

    [Fact]
    public void Key_OfOthers_IsRefused_AndTheSizeIsBounded()
    {
        using var store = new TemporaryDirectory();
        CacheKey Key(int i) => CacheKey.Create(BitConverter.GetBytes(i), "c", "n");
        using (var cache = new DiskVerdictCache(store.Path, maxBytes: 10_000))
        {
            for (int i = 0; i < 30; i++)
            {
                cache.Write(Key(i), new byte[1000]);
                Assert.True(Segments(store.Path).Sum(static f => new FileInfo(f).Length) <= 12_000);
            }
        }

        using (var again = new DiskVerdictCache(store.Path, maxBytes: 10_000))
        {
            Assert.True(Segments(store.Path).Sum(static f => new FileInfo(f).Length) <= 10_000);
            Assert.Null(again.TryRead(Key(0)));
            Assert.NotNull(again.TryRead(Key(29)));
            again.Write(Key(99), "value"u8);
            Assert.Equal("value"u8.ToArray(), again.TryRead(Key(99)));
        }

        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes");
        Assert.All(Segments(store.Path), static f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        string key = Path.Combine(store.Path, "key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Throws<IOException>(() => new DiskVerdictCache(store.Path));
    }

    [Fact]
    public void ManyShortRuns_AreMergedIntoFewSegments()
    {
        using var store = new TemporaryDirectory();
        CacheKey Key(int i) => CacheKey.Create(BitConverter.GetBytes(i), "c", "n");
        for (int i = 0; i < 40; i++)
        {
            using var cache = new DiskVerdictCache(store.Path);
            cache.Write(Key(i), BitConverter.GetBytes(i));
            // Written again by a later run: the last one counts.
            cache.Write(Key(1000), BitConverter.GetBytes(i));
            ((IContentIndex)cache).AddContent(new FileIdentity(1, (ulong)i, 2, 3, 4), Blake3.HashData(BitConverter.GetBytes(i)));
        }

        Assert.InRange(Segments(store.Path).Length, 1, 17);
        using var last = new DiskVerdictCache(store.Path);
        Assert.Equal(BitConverter.GetBytes(39), last.TryRead(Key(1000)));
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(BitConverter.GetBytes(i), last.TryRead(Key(i)));
            Assert.Equal(Blake3.HashData(BitConverter.GetBytes(i)), ((IContentIndex)last).TryGetContent(new FileIdentity(1, (ulong)i, 2, 3, 4)));
        }

        Assert.Equal(0, last.CorruptEntries);
    }

    [Fact]
    public void Write_ManyThreads_NeverGivesHalfAnEntry()
    {
        using var store = new TemporaryDirectory();
        using var cache = new DiskVerdictCache(store.Path);
        using var other = new DiskVerdictCache(store.Path);
        CacheKey key = CacheKey.Create([1], "c", "n");
        Parallel.For(0, 400, i =>
        {
            (i % 2 == 0 ? cache : other).Write(key, Enumerable.Repeat((byte)(i % 256), 500).ToArray());
            if ((i % 3 == 0 ? cache : other).TryRead(key) is { } value)
                Assert.Single(value.Distinct());
        });
        Assert.Equal(0, cache.CorruptEntries + other.CorruptEntries);
    }

    private static ScanOptions Clock(string path, int seconds) =>
        new() { KeepMembers = false, TimeProvider = new FixedClock(new DateTimeOffset(File.GetLastWriteTimeUtc(path)).AddSeconds(seconds)) };

    private static FileIdentity Identity(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path);
        return UnixFile.IdentityOf(handle)!.Value;
    }

    private static string Text(FileScanResult result) =>
        $"{result.Path} {result.Size} {result.Format.Id} {result.Verdict} {result.Entropy} {string.Join(',', result.Digests)} {string.Join(',', result.Facts)} {string.Join(',', result.Findings.Select(static f => f.Message + f.Location))} ({string.Join(';', result.Members.Select(Text))})";

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class LateClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, TimeSpan.TicksPerHour);
    }
}
