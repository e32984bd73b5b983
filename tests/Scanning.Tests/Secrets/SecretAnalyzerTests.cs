using System.Text;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Secrets;

namespace SecurityToolchain.Scanning.Tests.Secrets;

public sealed class SecretAnalyzerTests
{
    private const string Password = "xK9" + "vQ2mZp7Lw";

    private static FileScanResult Scan(string name, byte[] content) => new ScanEngine(new ScanOptions { Analyzers = [new SecretAnalyzer()] }).ScanBytes(name, content);

    [Fact]
    public void Scan_ConnectionString_HasLineColumnAndNoSecret()
    {
        FileScanResult result = Scan("app.config", Encoding.UTF8.GetBytes("<configuration>\r\n  <!-- ü😀 --><add connectionString=\"Server=a;Password=" + Password + ";\"/>\n</configuration>"));
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal(("STC4003", 2), (finding.RuleId, finding.Location.Line));
        Assert.Equal("  <!-- ü😀 --><add connectionString=\"Server=a;Password=".Length + 1, finding.Location.Column);
        Assert.DoesNotContain(Password, finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_Utf16Text_IsConverted()
    {
        string text = "Server=a;User Id=sa;Password=" + Password + ";\r\n";
        Assert.Single(Scan("a.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]).Findings);
        Assert.Single(Scan("a.txt", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)]).Findings);
    }

    [Fact]
    public void Scan_AllowMarkerWithReason_Suppresses_WithoutReason_DoesNot()
    {
        string line = "var c = \"Server=a;User Id=sa;Password=" + Password + ";\"; // ";
        Assert.Equal("test database", Assert.Single(Scan("a.cs", Encoding.UTF8.GetBytes(line + "sectool:allow-secret test database")).Findings).Suppression?.Justification);
        Assert.Null(Assert.Single(Scan("a.cs", Encoding.UTF8.GetBytes(line + "sectool:allow-secret")).Findings).Suppression);
    }

    [Fact]
    public void Scan_PlaceholdersAndBinary_GiveNothing()
    {
        Assert.Empty(Scan("a.config", "Server=a;Password=${DB_PASSWORD};"u8.ToArray()).Findings);
        Assert.Empty(Scan("a.bin", [0, 1, 2, .. Encoding.UTF8.GetBytes("Password=" + Password)]).Findings);
    }

    [Fact]
    public void Scan_DocumentationOfAnAssembly_IsTextAndNoConfiguration()
    {
        const string Member = """<member name="M:A.Login(System.String)"><param name="password">The-password-of-the-account.</param></member>""";
        byte[] documentation = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\n<doc>\n<assembly><name>A</name></assembly><members>" + Member + "</members></doc>");
        byte[] configuration = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\n<settings><password>" + Password + "</password></settings>");
        Assert.Empty(Scan("A.xml", documentation).Findings);
        Assert.Single(Scan("A.xml", configuration).Findings);
        // A real token in it is still one.
        Assert.Single(Scan("A.xml", [.. documentation, .. Encoding.UTF8.GetBytes("<!-- Server=x;User Id=sa;Password=" + Password + "; -->")]).Findings);
    }
}
