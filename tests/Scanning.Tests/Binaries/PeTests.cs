using System.Reflection.PortableExecutable;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.Binaries;

public sealed class PeTests
{
    private static readonly string SdkDirectory = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly Lazy<FileScanResult> Self = new(static () =>
        new ScanEngine(new ScanOptions { Analyzers = [new PeAnalyzer()] }).ScanBytes("tests.dll", File.ReadAllBytes(typeof(PeTests).Assembly.Location)));

    private static PeImage Parse(byte[] bytes)
    {
        PeImage? image = PeParser.TryParse(bytes, ScanLimits.Default, out string error, out _);
        Assert.True(image is not null, error);
        return image;
    }

    [Fact]
    public void Parse_EveryAssemblyOfTheRuntime_AgreesWithTheFramework()
    {
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(SdkDirectory, "*.dll"))
        {
            byte[] bytes = File.ReadAllBytes(path);
            PeImage image = Parse(bytes);
            using var reader = new PEReader(new MemoryStream(bytes));
            Assert.Equal(reader.PEHeaders.SectionHeaders.Select(static s => s.Name), image.Sections.Select(static s => s.Name));
            Assert.Equal(reader.PEHeaders.PEHeader!.AddressOfEntryPoint, (int)image.EntryPoint);
            Assert.Equal((ushort)reader.PEHeaders.PEHeader.DllCharacteristics, image.DllCharacteristics);
            Assert.Equal(reader.HasMetadata, image.IsManaged);
            Assert.Equal(reader.ReadDebugDirectory().Any(static d => d.Type == DebugDirectoryEntryType.Reproducible), image.IsDeterministic);
            Assert.True(image.Anomalies.IsEmpty, path + ": " + string.Join(", ", image.Anomalies));
            count++;
        }

        Assert.True(count > 100);
    }

    [Fact]
    public void Authenticode_SignedFile_IsValid_ChangedFile_IsTampered()
    {
        string? signed = Directory.EnumerateFiles(SdkDirectory, "System.*.dll").FirstOrDefault(static path =>
        {
            byte[] content = File.ReadAllBytes(path);
            return Authenticode.Check(content, Parse(content), out _) == AuthenticodeState.Valid;
        });
        Assert.SkipWhen(signed is null, "the runtime of this machine is not signed");
        byte[] bytes = File.ReadAllBytes(signed);
        PeImage image = Parse(bytes);
        Assert.Equal(AuthenticodeState.Valid, Authenticode.Check(bytes, image, out string? signer));
        Assert.False(string.IsNullOrEmpty(signer));
        int code = (int)image.Sections[0].RawOffset + 100;
        bytes[code] ^= 1;
        Assert.Equal(AuthenticodeState.Tampered, Authenticode.Check(bytes, image, out _));
        bytes[code] ^= 1;
        byte[] longer = [.. bytes, 1, 2, 3];
        Assert.Equal(AuthenticodeState.Tampered, Authenticode.Check(longer, Parse(longer), out _));
        bytes[image.CheckSumOffset] ^= 1;
        Assert.Equal(AuthenticodeState.Valid, Authenticode.Check(bytes, image, out _));
        int signature = (int)image.Directories[4].Address + 200;
        bytes[signature] ^= 0x55;
        Assert.NotEqual(AuthenticodeState.Valid, Authenticode.Check(bytes, image, out _));
    }

    [Fact]
    public void Authenticode_UnsignedFile_IsUnsigned()
    {
        byte[] bytes = File.ReadAllBytes(typeof(PeTests).Assembly.Location);
        Assert.Equal(AuthenticodeState.Unsigned, Authenticode.Check(bytes, Parse(bytes), out _));
    }

    [Theory]
    [InlineData("WeakHash", "STC2001")]
    [InlineData("StrongHash", null)]
    [InlineData("WeakCipher", "STC2002")]
    [InlineData("AcceptsAll", "STC2101")]
    [InlineData("AcceptsAllHttp", "STC2101")]
    [InlineData("ChecksHttp", null)]
    [InlineData("Dangerous", "STC2101")]
    [InlineData("CreateToken", "STC2008")]
    [InlineData("RollDice", null)]
    [InlineData("Concatenated", "STC1001")]
    [InlineData("Constant", null)]
    [InlineData("Starts", "STC1003")]
    [InlineData(".cctor", "STC4001")]
    public void IlRules_Sample_IsJudged(string method, string? rule)
    {
        Finding[] findings = [.. Self.Value.Findings.Where(f => f.Location.Member == "SecurityToolchain.Scanning.Tests.Binaries.IlSamples::" + method)];
        if (rule is null)
            Assert.Empty(findings);
        else
            Assert.Equal(rule, Assert.Single(findings).RuleId);
        Assert.DoesNotContain(Self.Value.Findings, static f => f.ToString().Contains("hX7qLw2", StringComparison.Ordinal));
    }

    [Fact]
    public void Facts_OwnAssembly_AreRight()
    {
        IReadOnlyDictionary<string, string> facts = Self.Value.Facts;
        Assert.StartsWith("SecurityToolchain.Scanning.Tests ", facts["dotnet.assembly"], StringComparison.Ordinal);
        Assert.Equal("yes", facts["dotnet.il-only"]);
        Assert.Equal("unsigned", facts["pe.signature"]);
        Assert.Contains("xunit.v3.core", facts["dotnet.references"], StringComparison.Ordinal);
        string[] capabilities = facts["dotnet.capabilities"].Split("; ");
        Assert.Contains("process", capabilities);
        Assert.Contains("cryptography", capabilities);
        Assert.DoesNotContain("registry", capabilities);
    }

    [Fact]
    public void Hardening_FlagsCleared_AreReported()
    {
        byte[] bytes = File.ReadAllBytes(typeof(PeTests).Assembly.Location);
        PeImage image = Parse(bytes);
        int flags = (int)image.CheckSumOffset + 6;
        bytes[flags] = 0;
        bytes[flags + 1] = 0;
        int section = (int)image.DirectoriesOffset + (16 * 8) + 36 + 3;
        bytes[section] |= 0x80;
        FileScanResult result = new ScanEngine(new ScanOptions { Analyzers = [new PeAnalyzer()] }).ScanBytes("a.dll", bytes);
        foreach (string rule in (string[])["STC8020", "STC8021", "STC8022"])
            Assert.Contains(result.Findings, f => f.RuleId == rule);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(200)]
    [InlineData(400)]
    public void Parse_CutFile_IsIncompleteOrAnomalous(int length)
    {
        byte[] bytes = File.ReadAllBytes(typeof(PeTests).Assembly.Location);
        PeImage? image = PeParser.TryParse(bytes.AsSpan(0, length), ScanLimits.Default, out string error, out _);
        Assert.True(image is null ? error.Length > 0 : !image.Anomalies.IsEmpty);
    }
}
