using System.IO.Compression;
using System.Text;
using SecurityToolchain.Scanning.Archives;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.Archives;

public sealed class ArchiveTests
{
    internal static FileScanResult Scan(string name, byte[] content, ScanLimits? limits = null) =>
        new ScanEngine(new ScanOptions { Analyzers = [new FileTypeAnalyzer(), new ArchiveAnalyzer()], Limits = limits ?? ScanLimits.Default, KeepMembers = true }).ScanBytes(name, content);

    private static IEnumerable<string> Ids(FileScanResult result) => AllFindings(result).Select(f => f.RuleId).Distinct().Order(StringComparer.Ordinal);

    internal static IEnumerable<Finding> AllFindings(FileScanResult result) => result.Findings.Concat(result.Members.SelectMany(AllFindings));

    internal static IEnumerable<ScanIssue> AllIssues(FileScanResult result) => result.Issues.Concat(result.Members.SelectMany(AllIssues));

    [Fact]
    public void Crc32_CheckValue_Matches()
    {
        Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));
        Assert.Equal(0u, Crc32.Compute([]));
    }

    [Fact]
    public void Scan_FrameworkZip_HasItsMembersAndNoFindings()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in (string[])["a.txt", "dir/", "dir/b.txt", "ü.txt"])
            {
                using Stream entry = zip.CreateEntry(name).Open();
                if (!name.EndsWith('/'))
                    entry.Write(Encoding.UTF8.GetBytes("content of " + name));
            }
        }

        FileScanResult result = Scan("a.zip", stream.ToArray());
        Assert.Empty(AllFindings(result));
        Assert.Equal(["a.zip!/a.txt", "a.zip!/dir/b.txt", "a.zip!/ü.txt"], result.Members.Select(m => m.Path));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("content of a.txt"u8)), result.Members[0].Digests[0].ToHex());
        Assert.Equal(ScanVerdict.Clean, result.Verdict);
    }

    [Fact]
    public void Scan_NestedKinds_AreAllOpened()
    {
        byte[] inner = new ZipBuilder().Add("deep.pdf.exe", FileTypes.FileTypeTests.MinimalPe()).Build();
        byte[] tar = new TarBuilder().Add("inner.zip", inner).Build();
        using var gz = new MemoryStream();
        using (var gzip = new GZipStream(gz, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(tar);
        using var zz = new MemoryStream();
        using (var zlib = new ZLibStream(zz, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(gz.ToArray());
        using var br = new MemoryStream();
        using (var brotli = new BrotliStream(br, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(zz.ToArray());
        FileScanResult result = Scan("a.tgz.zz.br", br.ToArray());
        Finding finding = Assert.Single(AllFindings(result), f => f.RuleId == "STC8004");
        Assert.Equal("a.tgz.zz.br!/a.tgz.zz!/a.tgz!/a.tar!/inner.zip!/deep.pdf.exe", finding.Location.DisplayPath);
        Assert.Empty(AllIssues(result));
        Assert.Equal(ScanVerdict.Suspicious, result.Verdict);
    }

    [Theory]
    [InlineData("../evil.txt", "STC8011")]
    [InlineData("a/../../evil.txt", "STC8011")]
    [InlineData("/etc/passwd", "STC8011")]
    [InlineData("C:/Windows/x.txt", "STC8011")]
    [InlineData("..\\evil.txt", "STC8011")]
    [InlineData("aux.txt", "STC8015")]
    [InlineData("a/name.", "STC8015")]
    [InlineData("a\u0007b", "STC8015")]
    [InlineData("xy:stream", "STC8015")]
    [InlineData("a/../b.txt", null)]
    [InlineData("..a/b..txt", null)]
    [InlineData("auxiliary.txt", null)]
    public void Scan_MemberName_IsJudgedInZipAndTar(string name, string? rule)
    {
        string[] expected = rule is null ? [] : [rule];
        Assert.Equal(expected, Ids(Scan("a.zip", new ZipBuilder().Add(name, "x"u8.ToArray()).Build())));
        Assert.Equal(expected, Ids(Scan("a.tar", new TarBuilder().Add(name, "x"u8.ToArray()).Build())));
    }

    [Fact]
    public void Scan_DuplicateNames_AreReported()
    {
        Assert.Equal(["STC8013"], Ids(Scan("a.zip", new ZipBuilder().Add("a", [1]).Add("a", [2]).Build())));
        Finding byCase = Assert.Single(AllFindings(Scan("a.zip", new ZipBuilder().Add("a", [1]).Add("A", [2]).Build())));
        Assert.Equal(FindingSeverity.Note, byCase.Severity);
    }

    [Fact]
    public void Scan_LyingHeaders_AreReported()
    {
        Assert.Equal(["STC8014"], Ids(Scan("a.zip", new ZipBuilder().Add("a.txt", [1, 2, 3], localName: "b.exe").Build())));
        Assert.Equal(["STC8014"], Ids(Scan("a.zip", new ZipBuilder().Add("a.txt", [1, 2, 3], length: 5).Build())));
        Assert.Equal(["STC8014"], Ids(Scan("a.zip", new ZipBuilder().Add("a.txt", [1, 2, 3], checksum: 5).Build())));
        byte[] two = [.. new ZipBuilder().Add("a.txt", [1]).Build(), .. new ZipBuilder().Add("b.txt", [2]).Build()];
        Assert.Contains("STC8014", Ids(Scan("a.zip", two)));
        // An archive that is stored as it is in another one is no second directory of the outer one.
        Assert.Empty(Ids(Scan("a.zip", new ZipBuilder().Add("inner.zip", new ZipBuilder().Add("a.txt", [1]).Build(), deflate: false).Build())));
    }

    [Fact]
    public void Scan_LinksAndDevices_AreReported()
    {
        const uint Link = 0xA1FFu << 16;
        Assert.Equal(["STC8012"], Ids(Scan("a.zip", new ZipBuilder().Add("a/l", "../../x"u8.ToArray(), attributes: Link).Build())));
        Assert.Empty(Ids(Scan("a.zip", new ZipBuilder().Add("a/l", "../x"u8.ToArray(), attributes: Link).Build())));
        Assert.Equal(["STC8012"], Ids(Scan("a.tar", new TarBuilder().Add("l", [], '2', "/etc").Build())));
        Assert.Equal(["STC8012"], Ids(Scan("a.tar", new TarBuilder().Add("a/l", [], '1', "../x").Build())));
        Assert.Empty(Ids(Scan("a.tar", new TarBuilder().Add("a/l", [], '2', "../x").Build())));
        Assert.Equal(["STC8016"], Ids(Scan("a.tar", new TarBuilder().Add("dev", [], '3').Build())));
        Assert.Equal(["STC8016"], Ids(Scan("a.tar", new TarBuilder().Add("su", [1], mode: 2541).Build())));
    }

    [Fact]
    public void Scan_EncryptedAndUnsupported_AreIncompleteAndNamed()
    {
        Assert.Equal(ScanIssueKind.Encrypted, Assert.Single(AllIssues(Scan("a.zip", new ZipBuilder().Add("a", [1], flags: 1).Build()))).Kind);
        ScanIssue method = Assert.Single(AllIssues(Scan("a.zip", new ZipBuilder().Add("a", [1], method: 93).Build())));
        Assert.Contains("Zstandard", method.Message, StringComparison.Ordinal);
        FileScanResult rar = Scan("a.rar", [.. "Rar!\x1a\x07\x01\0"u8, .. new byte[100]]);
        Assert.Contains("RAR archive", Assert.Single(rar.Issues).Message, StringComparison.Ordinal);
        Assert.Equal(ScanVerdict.Incomplete, rar.Verdict);
        Assert.Equal("STC9010", Assert.Single(rar.Findings).RuleId);
    }

    [Fact]
    public void Scan_CutArchives_AreIncomplete()
    {
        byte[] zip = new ZipBuilder().Add("a.txt", TestBytes.Noise(1000)).Add("b.txt", TestBytes.Noise(1000)).Build();
        byte[] tar = new TarBuilder().Add("a.txt", TestBytes.Noise(1000)).Add("b.txt", TestBytes.Noise(1000)).Build();
        for (int length = 30; length < zip.Length; length += 97)
            Assert.NotEqual(ScanVerdict.Clean, Scan("a.zip", zip[..length]).Verdict);
        for (int length = 700; length < 2500; length += 97)
            Assert.NotEqual(ScanVerdict.Clean, Scan("a.tar", tar[..length]).Verdict);
    }

    [Fact]
    public void Scan_DotNetTar_IsReadWithLongNames()
    {
        using var directory = new TemporaryDirectory();
        string name = string.Join('/', Enumerable.Repeat("a-long-directory-name", 9)) + "/file.txt";
        directory.File("in/" + name, "content");
        string path = Path.Combine(directory.Path, "a.tar");
        System.Formats.Tar.TarFile.CreateFromDirectory(Path.Combine(directory.Path, "in"), path, includeBaseDirectory: false);
        FileScanResult result = Scan("a.tar", File.ReadAllBytes(path));
        Assert.Contains(result.Members, m => m.Path == "a.tar!/" + name);
        Assert.Empty(AllFindings(result));
    }

    [Fact]
    public async Task Scan_ZipLargerThanMemory_IsReadThroughTheHandle()
    {
        using var directory = new TemporaryDirectory();
        directory.File("a.zip", new ZipBuilder().Add("big.bin", TestBytes.Noise(300_000), deflate: false).Add("x.pdf.exe", FileTypes.FileTypeTests.MinimalPe()).Build());
        ScanReport report = await new ScanEngine(new ScanOptions { Limits = new ScanLimits { MaxInMemorySize = 100_000 }, RootDirectory = directory.Path })
            .ScanAsync(["a.zip"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(report.Findings, f => f.RuleId == "STC8004" && f.Location.InnerPath == "x.pdf.exe");
    }

    [Fact]
    public void Scan_DamagedBrotli_IsMalformedAndNoDefect()
    {
        using var stream = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(stream, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(TestBytes.Noise(5000));
        byte[] content = stream.ToArray();
        for (int at = 0; at < 40; at++)
        {
            byte[] damaged = [.. content];
            damaged[at] ^= 0xFF;
            FileScanResult result = Scan("a.br", damaged);
            Assert.DoesNotContain(AllIssues(result), static issue => issue.Kind == ScanIssueKind.EngineError);
        }
    }
}
