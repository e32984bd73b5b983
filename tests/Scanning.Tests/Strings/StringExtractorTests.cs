using System.Text;
using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning.Tests.Strings;

public sealed class StringExtractorTests
{
    private static IReadOnlyList<ExtractedString> Extract(byte[] content, int block = 1 << 20, int maxStrings = 10_000, int maxLength = 1024)
    {
        var extractor = new StringExtractor(maxStrings, maxLength);
        for (int at = 0; at < content.Length; at += block)
            extractor.Append(content.AsSpan(at, Math.Min(block, content.Length - at)));
        return extractor.Finish();
    }

    [Fact]
    public void Extract_EveryEncoding_AtAnyAlignmentAndBlockSize()
    {
        byte[] content =
        [
            1, 2, 3, .. "plain ascii"u8, 0xFF, 0xFE, 0,
            .. Encoding.Unicode.GetBytes("little endian"), 0x01, 0x02, 0x03,
            .. Encoding.BigEndianUnicode.GetBytes("big endian"), 0xFF,
            .. "Grüße aus Köln"u8, 0, 1, .. "short"u8, 0,
        ];
        foreach (int block in (int[])[1, 2, 3, 7, 64, 4096])
        {
            Assert.Equal(
                [("plain ascii", StringEncoding.Ascii), ("little endian", StringEncoding.Utf16LittleEndian), ("big endian", StringEncoding.Utf16BigEndian), ("Grüße aus Köln", StringEncoding.Utf8)],
                Extract(content, block).Select(s => (s.Text, s.Encoding)));
        }

        Assert.Equal(3, Extract(content)[0].Offset);
        Assert.Equal(17, Extract(content)[1].Offset);
    }

    [Fact]
    public void Extract_LongString_IsSplitWithOffsets()
    {
        IReadOnlyList<ExtractedString> strings = Extract([.. Enumerable.Repeat((byte)'a', 1025 + 7)], 100);
        Assert.Equal([(0L, 1024), (1024L, 8)], strings.Select(s => (s.Offset, s.Text.Length)));
    }

    [Fact]
    public void Extract_OverTheLimit_SaysSo()
    {
        var extractor = new StringExtractor(2, 1024);
        extractor.Append("string one\0string two\0string three\0"u8);
        Assert.Equal(2, extractor.Finish().Length);
        Assert.True(extractor.Truncated);
    }

    [Theory]
    [InlineData("https://example.com/a", StringCategory.Url)]
    [InlineData("192.168.1.20", StringCategory.IpAddress)]
    [InlineData("10.0.0.0", StringCategory.Other)]
    [InlineData("2001:db8::1234", StringCategory.IpAddress)]
    [InlineData("someone@example.com", StringCategory.Email)]
    [InlineData(@"C:\Windows\System32\cmd.exe", StringCategory.WindowsPath)]
    [InlineData("/usr/lib/x.so", StringCategory.UnixPath)]
    [InlineData(@"HKEY_LOCAL_MACHINE\Software\X", StringCategory.RegistryKey)]
    [InlineData("powershell -enc AAAA", StringCategory.Command)]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", StringCategory.CryptoWallet)]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", StringCategory.Other)]
    [InlineData("SELECT name FROM users", StringCategory.Sql)]
    [InlineData("api.example.com", StringCategory.HostName)]
    [InlineData("{0f8fad5b-d9cb-469f-a165-70867728950e}", StringCategory.Guid)]
    [InlineData("just a sentence", StringCategory.Other)]
    public void Categorize_Text_IsNamed(string text, StringCategory expected) => Assert.Equal(expected, StringCategorizer.Categorize(text));

    [Theory]
    [InlineData("Server=db;User=sa;Password=Tr0ub4dor&3;", "Tr0ub4dor")]
    [InlineData("https://user:s3cr3tvalue@example.com/x", "s3cr3tvalue")]
    [InlineData("token: ghp_abcdefghijklmnopqrstuvwxyz0123456789", "mnopqrstuvwxyz")]
    public void Describe_Secret_IsTakenOut(string text, string secret)
    {
        (string shown, StringCategory category) = StringCategorizer.Describe(text);
        Assert.Equal(StringCategory.Token, category);
        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.Contains("sha256:", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_HostileText_IsEscapedAndRedacted()
    {
        IReadOnlyList<ExtractedString> strings = Extract([.. "tab\there"u8, 0, .. "password=hunter22222"u8]);
        Assert.Equal("tab\\u0009here", strings[0].Text);
        Assert.DoesNotContain("hunter2", strings[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_DotNetAssembly_GivesLiteralsWithTheirMembers()
    {
        FileScanResult result = new ScanEngine(new ScanOptions { KeepStrings = true, Analyzers = DefaultAnalyzers.ForStrings(), Limits = new ScanLimits { MaxStrings = 100_000 } })
            .ScanBytes("a.dll", File.ReadAllBytes(typeof(StringExtractorTests).Assembly.Location));
        ExtractedString literal = Assert.Single(result.Strings, s => s.Encoding == StringEncoding.DotNetUserString && s.Text == "select * from t");
        Assert.Equal("SecurityToolchain.Scanning.Tests.Binaries.IlSamples::Constant", literal.Member);
        Assert.DoesNotContain(result.Strings, s => s.Text.Contains("Password=hX7q", StringComparison.Ordinal));
    }
}
