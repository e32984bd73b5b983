using System.Text;
using SecurityToolchain.Scanning.Caching;
using SecurityToolchain.Scanning.Reports;

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

    private static string[] Entries(string directory) => [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Where(static f => Path.GetFileName(f) != "key")];

    [Fact]
    public async Task Scan_Again_IsAnsweredFromTheCacheWithTheSameReport()
    {
        using TemporaryDirectory tree = Tree(), store = new TemporaryDirectory();
        using var cache = new DiskVerdictCache(store.Path);
        ScanReport first = await Scan(tree, cache), second = await Scan(tree, cache);
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
    public async Task Entries_AreNotReadable_DamagedAndSwappedOnesAreDropped()
    {
        using TemporaryDirectory tree = Tree(), store = new TemporaryDirectory();
        using var cache = new DiskVerdictCache(store.Path);
        await Scan(tree, cache);
        string[] entries = Entries(store.Path);
        Assert.Equal(4, entries.Length);
        foreach (string entry in entries)
        {
            string text = Encoding.Latin1.GetString(File.ReadAllBytes(entry));
            Assert.DoesNotContain("app.config", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        }

        byte[] damaged = File.ReadAllBytes(entries[0]);
        damaged[20] ^= 1;
        File.WriteAllBytes(entries[0], damaged);
        File.WriteAllBytes(entries[1], File.ReadAllBytes(entries[1])[..10]);
        byte[] swapped = File.ReadAllBytes(entries[2]);
        File.WriteAllBytes(entries[2], File.ReadAllBytes(entries[3]));
        File.WriteAllBytes(entries[3], swapped);
        ScanReport report = await Scan(tree, cache);
        Assert.All(report.Files, f => Assert.False(f.FromCache));
        Assert.Equal(4, cache.CorruptEntries);
        Assert.All((await Scan(tree, cache)).Files, f => Assert.True(f.FromCache));
    }

    [Fact]
    public async Task Incomplete_Results_AreNotRemembered()
    {
        using TemporaryDirectory tree = new(), store = new();
        tree.File("a.7z", (ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]);
        using var cache = new DiskVerdictCache(store.Path);
        await Scan(tree, cache);
        Assert.Empty(Entries(store.Path));
    }

    [Fact]
    public void Key_OfOthers_IsRefused_AndTheSizeIsBounded()
    {
        using var store = new TemporaryDirectory();
        CacheKey Key(int i) => CacheKey.Create(BitConverter.GetBytes(i), "c", "n");
        using (var cache = new DiskVerdictCache(store.Path, maxBytes: 10_000))
        {
            for (int i = 0; i < 30; i++)
                cache.Write(Key(i), new byte[1000]);
        }

        using (var again = new DiskVerdictCache(store.Path, maxBytes: 10_000))
        {
            Assert.True(Entries(store.Path).Sum(static f => new FileInfo(f).Length) <= 10_000);
            again.Write(Key(99), "value"u8);
            Assert.Equal("value"u8.ToArray(), again.TryRead(Key(99)));
        }

        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes");
        string key = Path.Combine(store.Path, "key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Throws<IOException>(() => new DiskVerdictCache(store.Path));
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
}
