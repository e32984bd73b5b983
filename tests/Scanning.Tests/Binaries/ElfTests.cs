using System.Diagnostics;
using SecurityToolchain.Scanning.Binaries.Elf;

namespace SecurityToolchain.Scanning.Tests.Binaries;

public sealed class ElfTests
{
    private static string Readelf(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/readelf", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    [Fact]
    public void Parse_SystemLibraries_AgreeWithReadelf()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/readelf"), "needs readelf");
        int compared = 0;
        foreach (string path in Directory.EnumerateFiles("/usr/lib/x86_64-linux-gnu", "*.so*").Order(StringComparer.Ordinal).Where(static (_, i) => i % 40 == 0).Concat(["/bin/ls", "/usr/bin/openssl"]))
        {
            if (!File.Exists(path) || new FileInfo(path).LinkTarget is not null)
                continue;
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length < 64 || bytes[0] != 0x7F)
                continue;
            ElfImage? image = ElfParser.TryParse(bytes, ScanLimits.Default, out string error, out _);
            Assert.True(image is not null, path + ": " + error);
            Assert.Empty(image.Anomalies);
            string dynamic = Readelf("-d", "-W", path);
            Assert.Equal(Values(dynamic, "(NEEDED)"), image.Needed);
            Assert.Equal(Values(dynamic, "(SONAME)").FirstOrDefault(), image.SharedObjectName);
            Assert.Equal(dynamic.Contains("BIND_NOW", StringComparison.Ordinal) || dynamic.Contains("Flags: NOW", StringComparison.Ordinal), image.IsBoundNow);
            string notes = Readelf("-n", "-W", path);
            if (image.BuildId is not null)
                Assert.Contains("Build ID: " + image.BuildId, notes, StringComparison.Ordinal);
            Assert.Equal(notes.Contains("SHSTK", StringComparison.Ordinal), image.HasShadowStackNote);
            Assert.Equal(Readelf("-S", "-W", path).Split('\n').Count(static l => l.TrimStart().StartsWith('[') && !l.Contains("[Nr]", StringComparison.Ordinal)), image.Sections.Length);
            string symbols = Readelf("--dyn-syms", "-W", path);
            int expected = symbols.Split('\n').Count(static l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var n, _, _, not "SECTION", _, _, _, { Length: > 0 }, ..] && n != "Num:" && n.EndsWith(':'));
            Assert.Equal(expected, image.DynamicSymbols.Length);
            compared++;
        }

        Assert.True(compared > 5, $"{compared}");
    }

    [Fact]
    public void Hardening_ExecutableStackAndWritableCode_AreReported()
    {
        byte[] bytes = MakeElf(type: 2, (1, 7), (0x6474E551, 7));
        FileScanResult result = new ScanEngine(new ScanOptions { Analyzers = [new ElfAnalyzer()] }).ScanBytes("a", bytes);
        Assert.Equal(["STC8020", "STC8021", "STC8022"], result.Findings.Select(f => f.RuleId));
        Assert.Empty(new ScanEngine(new ScanOptions { Analyzers = [new ElfAnalyzer()] }).ScanBytes("a", MakeElf(type: 3, (1, 5), (0x6474E551, 6))).Findings);
    }

    [Fact]
    public void Parse_LyingTables_AreAnomaliesNotCrashes()
    {
        byte[] bytes = MakeElf(type: 3, (1, 5));
        bytes[56] = 0xFF;
        ElfImage image = ElfParser.TryParse(bytes, ScanLimits.Default, out _, out _)!;
        Assert.NotEmpty(image.Anomalies);
        Assert.Null(ElfParser.TryParse(bytes.AsSpan(0, 40), ScanLimits.Default, out string error, out _));
        Assert.NotEmpty(error);
    }

    private static string[] Values(string text, string tag) =>
        [.. text.Split('\n').Where(l => l.Contains(tag, StringComparison.Ordinal)).Select(static l => l[(l.LastIndexOf('[') + 1)..l.LastIndexOf(']')])];

    private static byte[] MakeElf(byte type, params (uint Type, uint Flags)[] segments)
    {
        byte[] bytes = new byte[64 + (56 * segments.Length)];
        bytes[0] = 0x7F;
        "ELF"u8.CopyTo(bytes.AsSpan(1));
        bytes[4] = 2;
        bytes[5] = 1;
        bytes[6] = 1;
        bytes[16] = type;
        bytes[18] = 62;
        bytes[32] = 64;
        bytes[54] = 56;
        bytes[56] = (byte)segments.Length;
        for (int i = 0; i < segments.Length; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(64 + (56 * i)), segments[i].Type);
            BitConverter.TryWriteBytes(bytes.AsSpan(68 + (56 * i)), segments[i].Flags);
        }

        return bytes;
    }
}
