using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Scanning.Binaries.DotNet.Symbols;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Tests.Binaries;

public sealed class SymbolsTests
{
    private const string Password = "xK9" + "vQ2mZp7Lw";

    private static readonly Guid Sha256Id = new("8829d00f-11b8-4213-878b-770e8597ac16");

    private sealed record Source(string Name, string Recorded, string? Embedded = null);

    private static byte[] Pdb(string? sourceLink, params Source[] sources)
    {
        var metadata = new MetadataBuilder();
        foreach (Source source in sources)
        {
            DocumentHandle document = metadata.AddDocument(metadata.GetOrAddDocumentName(source.Name), metadata.GetOrAddGuid(Sha256Id), metadata.GetOrAddBlob(SHA256.HashData(Encoding.UTF8.GetBytes(source.Recorded))), default);
            if (source.Embedded is not null)
                metadata.AddCustomDebugInformation(document, metadata.GetOrAddGuid(new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE")), metadata.GetOrAddBlob(Embedded(source.Embedded)));
        }

        if (sourceLink is not null)
            metadata.AddCustomDebugInformation(EntityHandle.ModuleDefinition, metadata.GetOrAddGuid(new Guid("CC110556-A091-4D38-9FEC-25AB9A351A6A")), metadata.GetOrAddBlob(Encoding.UTF8.GetBytes(sourceLink)));
        var blob = new BlobBuilder();
        new PortablePdbBuilder(metadata, ImmutableArray.Create(new int[MetadataTokens.TableCount]), default).Serialize(blob);
        return blob.ToArray();
    }

    private static byte[] Embedded(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using var stream = new MemoryStream();
        stream.Write(BitConverter.GetBytes(bytes.Length));
        using (var deflate = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] AssemblyWith(byte[] pdb)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("sample"), typeof(object).Assembly);
        assembly.DefineDynamicModule("sample");
        MetadataBuilder metadata = assembly.GenerateMetadata(out BlobBuilder il, out BlobBuilder data);
        var debug = new DebugDirectoryBuilder();
        var blob = new BlobBuilder();
        blob.WriteBytes(pdb);
        debug.AddEmbeddedPortablePdbEntry(blob, 0x0100);
        debug.AddReproducibleEntry();
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), il, data, debugDirectoryBuilder: debug).Serialize(image);
        return image.ToArray();
    }

    /// <summary>Symbols, for the tests that change bytes.</summary>
    internal static byte[] Sample() => Pdb("""{"documents":{"/_/*":"https://example.com/raw/0123/*"}}""", new Source("/_/src/A.cs", "a", "a"));

    /// <summary>An assembly with symbols in it.</summary>
    internal static byte[] EmbeddedSample() => AssemblyWith(Sample());

    private static FileScanResult Scan(byte[] content, string name, SourceTree? tree = null) =>
        new ScanEngine(new ScanOptions { Analyzers = tree is null ? null : [.. DefaultAnalyzers.Create(), new SourceHashAnalyzer(tree)] }).ScanBytes(name, content);

    [Fact]
    public void Scan_EmbeddedSymbols_HaveTheirFacts()
    {
        byte[] pdb = Pdb("""{"documents":{"/_/*":"https://example.com/raw/0123/*"}}""", new Source("/_/src/A.cs", "a", "a"), new Source("/_/src/B.cs", "b"));
        FileScanResult result = Scan(AssemblyWith(pdb), "sample.dll");
        Assert.Equal("yes", result.Facts["symbols.embedded"]);
        Assert.Equal("yes", result.Facts["pe.deterministic"]);
        Assert.Equal("2", result.Facts["symbols.documents"]);
        Assert.Equal("1", result.Facts["symbols.embedded-sources"]);
        Assert.Equal("sha256", result.Facts["symbols.hash-algorithms"]);
        Assert.Equal("/_/* -> https://example.com/raw/0123/*", result.Facts["symbols.source-link"]);
    }

    [Fact]
    public void Scan_SecretInAnEmbeddedSource_IsFound()
    {
        string source = "// Server=db;User Id=sa;Password=" + Password + ";\n";
        FileScanResult result = Scan(Pdb(null, new Source("/_/src/A.cs", source, source)), "sample.pdb");
        Finding finding = Assert.Single(Assert.Single(result.Members).Findings);
        Assert.Equal(("STC4001", "sample.pdb!/sources/_/src/A.cs", 1), (finding.RuleId, finding.Location.DisplayPath, finding.Location.Line));
        Assert.DoesNotContain(Password, finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_TreeAgainstSymbols_NamesWhatDiffers()
    {
        using var folder = new TemporaryDirectory();
        folder.File("src/Same.cs", "one\ntwo\n");
        folder.File("src/LineEnds.cs", "one\r\ntwo\r\n");
        folder.File("src/Changed.cs", "one\nthree\n");
        folder.File("outside.cs", "one\ntwo\n");
        using var tree = new SourceTree(folder.Path);
        byte[] pdb = Pdb(
            """{"documents":{"/_/*":"https://example.com/raw/0123/*"}}""",
            new Source("/_/src/Same.cs", "one\ntwo\n"),
            new Source("/_/src/LineEnds.cs", "one\ntwo\n"),
            new Source("/_/src/Changed.cs", "one\ntwo\n"),
            new Source("/_/src/Gone.cs", "x"),
            new Source("/_/src/obj/Debug/A.AssemblyInfo.cs", "x"),
            new Source("/_/../outside.cs", "one\ntwo\n"),
            new Source("/_/src/Lie.cs", "recorded", "another"));
        FileScanResult result = Scan(pdb, "sample.pdb", tree);
        Assert.Equal(
            ["/_/../outside.cs", "/_/src/Gone.cs", "src/Changed.cs", "/_/src/Lie.cs"],
            result.Findings.Where(static f => f.RuleId == "STC8034").Select(static f => f.Identity!).OrderBy(static p => p.EndsWith("Lie.cs", StringComparison.Ordinal)).ThenBy(static p => p, StringComparer.Ordinal));
        Assert.Contains("Same:1 SameButLineEnds:1 Different:1", result.Facts["symbols.compared-sources"], StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OwnSymbols_FitTheRepository()
    {
        string pdb = Path.ChangeExtension(typeof(SymbolsTests).Assembly.Location, ".pdb");
        Assert.SkipUnless(File.Exists(pdb), "built without a file of symbols");
        PortableSymbols symbols = PortableSymbols.Read(File.ReadAllBytes(pdb), 100_000, 48 << 20);
        SourceDocument self = Assert.Single(symbols.Documents, static d => d.Name.EndsWith("/SymbolsTests.cs", StringComparison.Ordinal));
        Assert.SkipUnless(File.Exists(self.Name), "the sources are not where they were compiled");
        using var tree = new SourceTree(Path.Combine(Path.GetDirectoryName(self.Name)!, "..", "..", ".."));
        Assert.Equal(SourceMatch.Same, tree.Compare(self, symbols, out string path));
        Assert.Equal("tests/Scanning.Tests/Binaries/SymbolsTests.cs", path);
    }

    [Fact]
    public void Scan_LyingSymbols_AreIncomplete()
    {
        byte[] image = AssemblyWith(Pdb(null, new Source("/a/b/c.cs", "x")));
        int at = image.AsSpan().IndexOf("MPDB"u8);
        BitConverter.TryWriteBytes(image.AsSpan(at + 4), int.MaxValue);
        Assert.Contains(Scan(image, "a.dll").Issues, static i => i.Message.Contains("announces 2147483647 bytes", StringComparison.Ordinal));
        BitConverter.TryWriteBytes(image.AsSpan(at + 4), 100);
        Assert.Contains(Scan(image, "a.dll").Issues, static i => i.Kind == ScanIssueKind.Malformed);
        byte[] pdb = Pdb(null, new Source("/a/b/c.cs", "x"));
        Assert.Contains(Scan(pdb[..(pdb.Length / 2)], "a.pdb").Issues, static i => i.Kind == ScanIssueKind.Malformed);
    }
}
