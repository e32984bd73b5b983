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

    // Libraries for macOS come with packages that the tests use anyway: some are signed by their publisher, some ad hoc, some not at all.
    private static IEnumerable<string> Libraries()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return new[] { "microsoft.codecoverage", "sqlitepclraw.lib.e_sqlite3" }.Select(name => Path.Combine(packages, name)).Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.dylib", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Signature_RealLibraries_FitUntilAPageChanges()
    {
        int signed = 0;
        foreach (string path in Libraries())
        {
            byte[] bytes = File.ReadAllBytes(path);
            FileScanResult result = Scan(bytes);
            Assert.DoesNotContain(result.Findings, static f => f.RuleId == "STC8030");
            Assert.Empty(result.Issues);
            if (!result.Facts.Where(static f => f.Key.StartsWith("macho.signature", StringComparison.Ordinal)).All(static f => f.Value is "valid" or "adhoc"))
                continue;
            Assert.Contains(result.Facts.Keys, static k => k.StartsWith("macho.identifier", StringComparison.Ordinal));
            signed++;
            // Not the header, which may only be read; the middle of a file is code or data of some architecture.
            bytes[bytes.Length / 3] ^= 1;
            Assert.Contains(Scan(bytes).Findings, static f => f.RuleId == "STC8030");
        }

        Assert.SkipWhen(signed == 0, "no signed library for macOS on this machine");
    }

    [Fact]
    public void Signature_OfNobody_IsAdHoc_AndCoversTheWholeImage()
    {
        byte[] signed = Sign(Image(0x200000, 5), limit: null);
        FileScanResult result = Scan(signed);
        Assert.Equal(("adhoc", "org.example.a"), (result.Facts["macho.signature"], result.Facts["macho.identifier"]));
        Assert.Empty(result.Findings);
        signed[60] ^= 1;
        Assert.Equal("tampered", Scan(signed).Facts["macho.signature"]);
        // A directory that covers less than the image would let code in behind it.
        Assert.Equal("tampered", Scan(Sign(Image(0x200000, 5), limit: 100)).Facts["macho.signature"]);
        byte[] cut = Sign(Image(0x200000, 5), limit: null)[..^40];
        Assert.Equal("tampered", Scan(cut).Facts["macho.signature"]);
    }

    // Adds LC_CODE_SIGNATURE and a super blob with one code directory of version 2.0, SHA-256, 4 KiB pages.
    private static byte[] Sign(byte[] image, uint? limit)
    {
        byte[] code = [.. image, .. new byte[16]];
        Write(code, 16, 3);
        Write(code, 20, 120);
        Write(code, image.Length, 0x1D);
        Write(code, image.Length + 4, 16);
        Write(code, image.Length + 8, (uint)code.Length);
        byte[] name = "org.example.a\0"u8.ToArray();
        int directoryLength = 44 + name.Length + 32;
        byte[] signature = new byte[20 + directoryLength];
        Write(code, image.Length + 12, (uint)signature.Length);
        void Big(int at, uint value) => System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(signature.AsSpan(at), value);
        Big(0, 0xFADE0CC0);
        Big(4, (uint)signature.Length);
        Big(8, 1);
        Big(16, 20);
        Big(20, 0xFADE0C02);
        Big(24, (uint)directoryLength);
        Big(28, 0x20000);
        Big(36, (uint)(44 + name.Length));
        Big(40, 44);
        Big(48, 1);
        Big(52, limit ?? (uint)code.Length);
        signature[56] = 32;
        signature[57] = 2;
        signature[59] = 12;
        name.CopyTo(signature, 64);
        System.Security.Cryptography.SHA256.HashData(code.AsSpan(0, (int)(limit ?? (uint)code.Length))).CopyTo(signature, 64 + name.Length);
        return [.. code, .. signature];
    }

    private static void Write(byte[] bytes, int offset, uint value) => BitConverter.TryWriteBytes(bytes.AsSpan(offset), value);
}
