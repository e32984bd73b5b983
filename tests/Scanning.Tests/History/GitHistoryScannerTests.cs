#pragma warning disable CA5394, RS0030 // A fixed seed makes every run look at the same inputs.

using System.Text;
using SecurityToolchain.Scanning.History;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.History;

public sealed class GitHistoryScannerTests
{
    // Written in two parts, so that a scan of this file does not report them.
    private const string First = "xK9" + "vQ2mZp7Lw", Second = "pR4" + "tW8nYc3Hd";

    private static string Settings(string password, string more = "") => $"{{\n  \"Main\": \"Server=db;User Id=sa;Password={password}\"{more}\n}}\n";

    private static Task<ScanReport> Scan(string path, ScanOptions? options = null) =>
        new GitHistoryScanner((options ?? new ScanOptions()) with { RootDirectory = path }).ScanAsync(path, cancellationToken: TestContext.Current.CancellationToken);

    private static string[] Places(ScanReport report) =>
        [.. report.Findings.Select(static f => $"{f.RuleId} {f.Location.Member} {f.Location.Path}({f.Location.Line})").Order(StringComparer.Ordinal)];

    private static string Sarif(ScanReport report)
    {
        using var stream = new MemoryStream();
        SarifWriter.Write(stream, new SarifRun { ToolVersion = "1", Findings = report.Findings });
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public async Task Scan_SecretThatWasRemoved_IsNamedByItsFirstCommit_LooseAndPacked(string objectFormat)
    {
        using GitSample sample = GitSample.Create(objectFormat);
        sample.Write("readme.txt", "hello");
        sample.Commit("start");
        sample.Write("config/appsettings.json", Settings(First));
        string added = sample.Commit("settings");
        for (int i = 0; i < 30; i++)
        {
            sample.Write("config/appsettings.json", Settings(First, $",\n  \"Timeout{i}\": {i}"));
            sample.Commit("tune " + i);
        }

        sample.Write("config/appsettings.json", Settings(Second));
        string changed = sample.Commit("new password");
        sample.Write("config/appsettings.json", "{}");
        sample.Commit("clean");
        string[] expected = [.. ((string[])[$"STC4003 commit {added} config/appsettings.json(2)", $"STC4003 commit {changed} config/appsettings.json(2)"]).Order(StringComparer.Ordinal)];

        ScanReport loose = await Scan(sample.Path);
        Assert.Equal(expected, Places(loose));
        Assert.True(loose.IsComplete);
        Assert.Contains($"In commit {added}: ", loose.Findings[0].Message + loose.Findings[1].Message, StringComparison.Ordinal);
        Assert.Equal(added, Assert.Single(loose.Findings, f => f.Location.Member == "commit " + added).Properties["commit"]);
        Assert.StartsWith("2024-", loose.Findings[0].Properties["committed"], StringComparison.Ordinal);

        sample.Git("gc", "-q", "--aggressive", "--prune=now");
        Assert.Equal(Sarif(loose), Sarif(await Scan(sample.Path)));
        sample.Git("-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-a", "-d", "-f", "--depth=50", "--window=50");
        Assert.Equal(Sarif(loose), Sarif(await Scan(sample.Path)));

        string text = Sarif(loose) + loose;
        Assert.DoesNotContain(First, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Second, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_BranchesMergesTagsAndAmendedCommits_AreAllReached()
    {
        using GitSample sample = GitSample.Create();
        sample.Write("a.txt", "a");
        sample.Commit("start");
        sample.Git("checkout", "-q", "-b", "side");
        sample.Write("side/web.config", Settings(First));
        string side = sample.Commit("side");
        sample.Git("checkout", "-q", "main");
        sample.Write("b.json", Settings(Second));
        string amended = sample.Commit("to be amended");
        sample.Write("b.json", "{}");
        sample.Commit("amended", "--amend");
        sample.Git("merge", "-q", "--no-ff", "-m", "merge", "side");
        sample.Git("tag", "-a", "v1", "-m", "one");
        string message = sample.Commit("password is in the chat: postgres://app:" + First + "@db.example.com/x");
        ScanReport report = await Scan(sample.Path);
        Assert.Equal(
            [.. ((string[])[$"STC4001 commit {message} commit-message.txt(1)", $"STC4003 commit {side} side/web.config(2)", $"STC4003 commit {amended} b.json(2)"]).Order(StringComparer.Ordinal)],
            Places(report));
    }

    [Fact]
    public async Task Scan_BareLinkedSharedAndSubdirectory_GiveTheSameReport()
    {
        using GitSample sample = GitSample.Create();
        sample.Write("deep/er/appsettings.json", Settings(First));
        sample.Commit("settings");
        string[] expected = Places(await Scan(sample.Path));
        Assert.Single(expected);
        sample.Git("clone", "-q", "--bare", sample.Path, sample.Sibling("bare.git"));
        sample.Git("clone", "-q", "--shared", sample.Path, sample.Sibling("shared"));
        sample.Git("worktree", "add", "-q", sample.Sibling("linked"), "-b", "other");
        foreach (string place in (string[])[sample.Sibling("bare.git"), sample.Sibling("shared"), sample.Sibling("linked"), Path.Combine(sample.Path, "deep", "er")])
        {
            ScanReport report = await Scan(place);
            Assert.Equal(expected, Places(report));
            Assert.True(report.IsComplete);
        }
    }

    [Fact]
    public async Task Scan_ObjectsOfOwnReader_AreThoseOfGit()
    {
        using GitSample sample = GitSample.Create();
        var random = new Random(7);
        for (int i = 0; i < 60; i++)
        {
            sample.Write($"d{i % 5}/f{i % 11}.txt", string.Concat(Enumerable.Range(0, 200).Select(_ => random.Next(40) + "\n")) + i);
            sample.Commit("c" + i);
        }

        sample.Git("gc", "-q", "--prune=now");
        sample.Write("d0/loose.txt", "not packed");
        sample.Commit("loose");
        ScanReport report = await Scan(sample.Path);
        Dictionary<string, int> counts = sample.Git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype)").Split('\n').GroupBy(static line => line).ToDictionary(static g => g.Key, static g => g.Count());
        Assert.Equal(counts["blob"] + counts["commit"], report.FileCount);
        long size = sample.Git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectsize)").Split('\n').Where(static line => line.StartsWith("blob", StringComparison.Ordinal)).Sum(static line => long.Parse(line[5..], System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(report.ByteCount, size, size + (counts["commit"] * 32));
        Assert.True(report.IsComplete);
    }

    [Fact]
    public async Task Scan_AnyThreadsAndShards_GiveTheSameFindings()
    {
        using GitSample sample = GitSample.Create();
        for (int i = 0; i < 20; i++)
        {
            sample.Write($"s{i % 7}/app.config", Settings(First + i));
            sample.Commit("c" + i);
        }

        ScanReport one = await Scan(sample.Path, new ScanOptions { Threads = 1 });
        Assert.Equal(20, one.Findings.Length);
        Assert.Equal(Sarif(one), Sarif(await Scan(sample.Path, new ScanOptions { Threads = 8 })));
        var parts = new List<string>();
        for (int i = 0; i < 3; i++)
            parts.AddRange(Places(await Scan(sample.Path, new ScanOptions { ShardIndex = i, ShardCount = 3 })));
        Assert.Equal(Places(one), parts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Scan_ShallowOrBrokenRepository_IsIncompleteAndSaysWhy()
    {
        using GitSample sample = GitSample.Create();
        sample.Write("a.json", Settings(First));
        sample.Commit("one");
        sample.Write("b.txt", "b");
        sample.Commit("two");
        sample.Git("clone", "-q", "--depth", "1", "file://" + sample.Path, sample.Sibling("shallow"));
        ScanReport shallow = await Scan(sample.Sibling("shallow"));
        Assert.Contains("shallow", Assert.Single(shallow.Issues).Message, StringComparison.Ordinal);
        Assert.Equal(ScanVerdict.Suspicious, shallow.Verdict);

        string blob = sample.Git("rev-parse", "HEAD:b.txt").Trim();
        string file = Path.Combine(sample.Path, ".git", "objects", blob[..2], blob[2..]);
        File.SetAttributes(file, FileAttributes.Normal);
        File.Delete(file);
        Assert.Contains("1 objects of the history are not in the repository", Assert.Single((await Scan(sample.Path)).Issues).Message, StringComparison.Ordinal);
        File.WriteAllBytes(file, [0x78, 0x9C, 1, 2, 3]);
        Assert.Equal(ScanIssueKind.Malformed, Assert.Single((await Scan(sample.Path)).Issues).Kind);
    }

    [Fact]
    public async Task Scan_LinksInTheRepository_AreNotFollowed()
    {
        using GitSample sample = GitSample.Create();
        sample.Write("a.txt", "a");
        sample.Commit("one");
        string blob = sample.Git("rev-parse", "HEAD:a.txt").Trim();
        string file = Path.Combine(sample.Path, ".git", "objects", blob[..2], blob[2..]);
        File.SetAttributes(file, FileAttributes.Normal);
        File.Delete(file);
        File.CreateSymbolicLink(file, "/dev/zero");
        Assert.Equal(ScanIssueKind.Link, Assert.Single((await Scan(sample.Path)).Issues).Kind);
    }

    [Fact]
    public async Task Scan_LargeText_IsNamed_LargePictureIsNot()
    {
        using GitSample sample = GitSample.Create();
        sample.Write("large.txt", string.Concat(Enumerable.Repeat("some text\n", 2000)));
        File.WriteAllBytes(Path.Combine(sample.Path, "large.png"), [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[20000]]);
        sample.Commit("large");
        ScanIssue issue = Assert.Single((await Scan(sample.Path, new ScanOptions { Limits = new ScanLimits { MaxTextSize = 10_000 } })).Issues);
        Assert.Contains("'large.txt'", issue.Message, StringComparison.Ordinal);
        Assert.Contains("20000 bytes; 10000 are read", issue.Message, StringComparison.Ordinal);
        Assert.Contains("MaxHistoryObjects = 2", Assert.Single((await Scan(sample.Path, new ScanOptions { Limits = new ScanLimits { MaxHistoryObjects = 2 } })).Issues).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_AllowMarkerAndNoRepository_AreRespected()
    {
        using GitSample sample = GitSample.Create();
        sample.Write("a.ini", $"c = Server=db;User Id=sa;Password={First}  ; sectool:allow-secret made up\n");
        sample.Commit("one");
        Assert.NotNull(Assert.Single((await Scan(sample.Path)).Findings).Suppression);
        using var empty = new TemporaryDirectory();
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => Scan(empty.Path));
    }

    // Bytes of packs, indexes and loose objects are changed; whatever comes out, it is a report.
    [Fact]
    public async Task Scan_MutatedRepository_NeverFails()
    {
        using GitSample sample = GitSample.Create();
        for (int i = 0; i < 12; i++)
        {
            sample.Write($"d{i % 3}/a.json", Settings(First + i) + string.Concat(Enumerable.Range(0, 100).Select(n => $"line {n + (i / 4)}\n")));
            sample.Commit("c" + i);
        }

        sample.Git("gc", "-q", "--prune=now");
        sample.Write("loose.txt", "loose");
        sample.Commit("loose");
        var random = new Random(11);
        string objects = Path.Combine(sample.Path, ".git");
        (string Path, byte[] Content)[] files = [.. Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories)
            .Where(static f => f.Contains("objects", StringComparison.Ordinal) || f.EndsWith("packed-refs", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(static f => (f, File.ReadAllBytes(f)))];
        foreach ((string path, _) in files)
            File.SetAttributes(path, FileAttributes.Normal);
        for (int round = 0; round < 400; round++)
        {
            (string path, byte[] content) = files[random.Next(files.Length)];
            byte[] changed = [.. content];
            for (int i = random.Next(1, 4); i > 0 && changed.Length > 0; i--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (random.Next(6) == 0)
                changed = changed[..random.Next(changed.Length + 1)];
            await File.WriteAllBytesAsync(path, changed, TestContext.Current.CancellationToken);
            ScanReport report = await Scan(sample.Path);
            Assert.DoesNotContain(report.Issues, static issue => issue.Kind == ScanIssueKind.EngineError);
            await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        }

        Assert.Equal(12, (await Scan(sample.Path)).Findings.Length);
    }
}
