using SecurityToolchain.Scanning.Binaries.MachO;

namespace SecurityToolchain.Scanning.Tests.Binaries;

public sealed class MachOTests
{
    private static byte[] Image(uint flags, uint protection)
    {
        byte[] bytes = new byte[32 + 72 + 32];
        Write(bytes, 0, 0xFEEDFACF);
        Write(bytes, 4, 0x0100000C);
        Write(bytes, 12, 2);
        Write(bytes, 16, 2);
        Write(bytes, 20, 104);
        Write(bytes, 24, flags);
        Write(bytes, 32, 0x19);
        Write(bytes, 36, 72);
        Write(bytes, 32 + 60, protection);
        Write(bytes, 104, 0xC);
        Write(bytes, 108, 32);
        Write(bytes, 112, 12);
        "libSystem\0"u8.CopyTo(bytes.AsSpan(116));
        return bytes;
    }

    private static FileScanResult Scan(byte[] bytes) => new ScanEngine(new ScanOptions { Analyzers = [new MachOAnalyzer()] }).ScanBytes("a", bytes);

    [Fact]
    public void Scan_HardenedImage_HasFactsAndNoFindings()
    {
        FileScanResult result = Scan(Image(0x200000, 5));
        Assert.Empty(result.Findings);
        Assert.Equal(("arm64", "executable", "libSystem"), (result.Facts["macho.processor"], result.Facts["macho.type"], result.Facts["macho.libraries"]));
    }

    [Fact]
    public void Scan_WeakImage_IsReported() => Assert.Equal(["STC8020", "STC8021", "STC8022"], Scan(Image(0x20000, 7)).Findings.Select(f => f.RuleId));

    [Fact]
    public void Scan_FatImageWithSliceOutside_IsIncomplete()
    {
        byte[] image = Image(0x200000, 5);
        byte[] fat = new byte[4096 + image.Length];
        byte[] header = [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2, 1, 0, 0, 12, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, (byte)image.Length, 0, 0, 0, 12, 1, 0, 0, 7, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xF0, 0, 0, 1, 0];
        header.CopyTo(fat, 0);
        image.CopyTo(fat, 4096);
        FileScanResult result = Scan(fat);
        Assert.Equal("arm64", result.Facts["macho.processor.0"]);
        Assert.Equal(ScanIssueKind.Malformed, Assert.Single(result.Issues).Kind);
    }

    private static void Write(byte[] bytes, int offset, uint value) => BitConverter.TryWriteBytes(bytes.AsSpan(offset), value);
}
