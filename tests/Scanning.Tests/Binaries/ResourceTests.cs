using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Resources;
using System.Text;
using SecurityToolchain.Scanning.Binaries.DotNet.Resources;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.Binaries;

public sealed class ResourceTests
{
    // Written in two parts, so that a scan of this file does not report it.
    private const string Password = "xK9" + "vQ2mZp7Lw";

    private const string ConnectionString = "Server=db;User Id=sa;Password=" + Password;

    private static byte[] Table(params (string Name, object Value)[] entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new ResourceWriter(stream))
        {
            foreach ((string name, object value) in entries)
            {
                if (value is byte[] bytes)
                    writer.AddResource(name, bytes);
                else
                    writer.AddResource(name, value);
            }

            writer.Generate();
            return stream.ToArray();
        }
    }

    private static byte[] Assembly(params (string Name, byte[] Content)[] resources)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("sample"), typeof(object).Assembly);
        assembly.DefineDynamicModule("sample");
        MetadataBuilder metadata = assembly.GenerateMetadata(out BlobBuilder il, out BlobBuilder data);
        var blob = new BlobBuilder();
        foreach ((string name, byte[] content) in resources)
        {
            metadata.AddManifestResource(ManifestResourceAttributes.Public, metadata.GetOrAddString(name), default, (uint)blob.Count);
            blob.WriteInt32(content.Length);
            blob.WriteBytes(content);
            blob.Align(8);
        }

        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), il, data, blob).Serialize(image);
        return image.ToArray();
    }

    /// <summary>An assembly with a table and a file, for the tests that change bytes.</summary>
    internal static byte[] Sample() => Assembly(("Texts.resources", Table(("Title", "Hello"), ("Database", ConnectionString), ("blob", new byte[100]))), ("a.json", "{}"u8.ToArray()));

    private static FileScanResult Scan(byte[] content, string name = "sample.dll") => new ScanEngine().ScanBytes(name, content);

    private static IEnumerable<Finding> All(FileScanResult result) => result.Findings.Concat(result.Members.SelectMany(All));

    [Fact]
    public void Read_Table_GivesTextsAndBytes()
    {
        byte[] table = Table(("title", "Hello"), ("blob", new byte[] { 1, 2, 3 }), ("number", 42), ("päth", "späce"));
        var entries = new List<ResourceEntry>();
        Assert.Null(ResourceTable.Read(table, 100, entries));
        Assert.Equal(
            ["blob=010203", "päth=späce", "title=Hello"],
            entries.Select(e => e.Name + "=" + (e.IsText ? Encoding.UTF8.GetString(table, e.Offset, e.Length) : Convert.ToHexString(table, e.Offset, e.Length))).Order(StringComparer.Ordinal));
        Assert.NotNull(ResourceTable.Read(table, 3, []));
    }

    [Fact]
    public void Scan_SecretInAStringResource_NamesTableAndEntry()
    {
        Finding finding = Assert.Single(All(Scan(Assembly(("Texts.resources", Table(("Title", "Hello"), ("Database", ConnectionString)))))), static f => f.RuleId == "STC4001");
        Assert.Equal("Texts.resources/Database", finding.Location.Member);
        Assert.DoesNotContain(Password, finding.ToString(), StringComparison.Ordinal);
        Assert.Equal("Database", Assert.Single(All(Scan(Table(("Database", ConnectionString)), "loose.resources")), static f => f.RuleId == "STC4001").Location.Member);
        Assert.DoesNotContain(All(Scan(Assembly(("Texts.resources", Table(("Password", "Password:"), ("Enter", "Enter your password")))))), static f => f.RuleId == "STC4001");
    }

    [Fact]
    public void Strings_OfResources_HaveTheirNamesAndNoSecret()
    {
        FileScanResult result = new ScanEngine(new ScanOptions { KeepStrings = true, Analyzers = DefaultAnalyzers.ForStrings() }).ScanBytes("sample.dll", Sample());
        SecurityToolchain.Scanning.Strings.ExtractedString[] strings = [.. result.Strings.Where(static s => s.Encoding == SecurityToolchain.Scanning.Strings.StringEncoding.DotNetResource)];
        Assert.Equal(["Texts.resources/Database"], strings.Select(static s => s.Member));
        Assert.DoesNotContain(Password, strings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_FilesInResources_AreScannedAsMembers()
    {
        FileScanResult result = Scan(Assembly(
            ("appsettings.json", Encoding.UTF8.GetBytes("{ \"Main\": \"" + ConnectionString + "\" }")),
            ("Data.resources", Table(("logo.pdf", File.ReadAllBytes(typeof(ResourceTests).Assembly.Location)))),
            ("invoice.pdf.exe", new byte[32])));
        Assert.Contains(All(result), static f => f.RuleId == "STC4003" && f.Location.DisplayPath == "sample.dll!/appsettings.json");
        Assert.Contains(All(result), static f => f.RuleId == "STC8001" && f.Location.DisplayPath == "sample.dll!/Data.resources/logo.pdf");
        Assert.Contains(All(result), static f => f.RuleId == "STC8004" && f.Location.DisplayPath == "sample.dll!/invoice.pdf.exe");
    }

    [Fact]
    public void Scan_LyingResources_AreIncomplete()
    {
        byte[] image = Assembly(("a.bin", new byte[100]));
        int at = image.AsSpan().IndexOf((ReadOnlySpan<byte>)[100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        image[at + 3] = 0x40;
        Assert.Contains(Scan(image).Issues, static i => i.Kind == ScanIssueKind.Malformed);
        byte[] table = Table(("Database", ConnectionString));
        foreach (int length in (int[])[100, table.Length - 10])
            Assert.Contains(Scan(Assembly(("t.resources", table[..length]))).Issues, static i => i.Kind == ScanIssueKind.Malformed);
    }

    [Fact]
    public void Scan_NativeProgram_ReportsCertainFormatsOnly()
    {
        Assert.SkipUnless(File.Exists("/bin/true"), "no ELF program to start from");
        byte[] program = File.ReadAllBytes("/bin/true");
        // The checksum of the last six characters is right: zlib's CRC-32 in base 62 of the thirty in front.
        string token = "ghp" + "_" + GitHubToken();
        FileScanResult result = Scan([.. program, 0, .. Encoding.ASCII.GetBytes(token), 0, .. Encoding.ASCII.GetBytes("password=" + Password), 0], "tool");
        Finding finding = Assert.Single(result.Findings, static f => f.RuleId == "STC4001");
        Assert.Equal(program.Length + 1, finding.Location.Offset);
        Assert.DoesNotContain(token, finding.ToString(), StringComparison.Ordinal);
    }

    private static string GitHubToken()
    {
        const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        string random = "q8Zx2Lr7Vn4Tb9Ks1Wd6Fh3Jp5Mc0G";
        uint crc = 0xFFFFFFFF;
        foreach (char c in random)
        {
            crc ^= c;
            for (int i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        crc = ~crc;
        string checksum = "";
        for (; crc > 0; crc /= 62)
            checksum = Alphabet[(int)(crc % 62)] + checksum;
        return random + checksum.PadLeft(6, '0');
    }

    // No secret that nobody would stand by: programs and libraries of the system hold none.
    [Fact]
    public void Scan_SystemPrograms_GiveNoSecret()
    {
        string[] files = [.. ((string[])["/usr/bin", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"]).Where(Directory.Exists).SelectMany(static d => Directory.EnumerateFiles(d)).Order(StringComparer.Ordinal).Where(static (_, i) => i % 8 == 0)];
        Assert.SkipWhen(files.Length < 20, "too few programs here");
        var engine = new ScanEngine(new ScanOptions { Analyzers = [new Scanning.Secrets.BinarySecretAnalyzer()] });
        foreach (string file in files.Where(static f => new FileInfo(f) is { LinkTarget: null, Length: < 20 << 20 }))
            Assert.Empty(engine.ScanBytes(Path.GetFileName(file), File.ReadAllBytes(file)).Findings);
    }
}
