using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Tests.Reports;

public sealed class ReportWriterTests
{
    private static ScanReport Report(params Finding[] findings) => new()
    {
        Files = [],
        Findings = [.. findings.Order(FindingOrder.Instance)],
        Issues = [],
        FileCount = 1,
        ByteCount = 10,
        Verdict = ScanVerdict.Suspicious,
    };

    private static string Html(ScanReport report)
    {
        using var stream = new MemoryStream();
        HtmlReportWriter.Write(stream, report, "</script><script>alert(1)</script>");
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void Html_HostileText_CannotLeaveTheDataBlock()
    {
        string html = Html(Report(new Finding(ScanRules.Polyglot, "</script><img src=x onerror=alert(1)>", new FindingLocation("<b>.txt")) { Evidence = "<!--<script>" }));
        Assert.Equal(2, html.Split("</script>").Length - 1);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_MakesNoRequest()
    {
        string html = Html(Report());
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        foreach (string forbidden in (string[])["http://", "src=", "@import", "url(", "fetch(", "XMLHttpRequest"])
            Assert.DoesNotContain(forbidden, html.Replace("alert", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_HostileText_StaysOnItsLine()
    {
        var finding = new Finding(ScanRules.Polyglot, "a\n::error::injected\r", new FindingLocation("x,y:z\n.txt") { Line = 3 }) { Evidence = "\u001b[2J" };
        string github = ConsoleLineWriter.ToGitHub(finding);
        Assert.DoesNotContain('\n', github);
        Assert.Contains("file=x%2Cy%3Az\\u000a.txt,line=3,col=1", github, StringComparison.Ordinal);
        string msbuild = ConsoleLineWriter.ToMSBuild(finding);
        Assert.DoesNotContain('\n', msbuild);
        Assert.DoesNotContain('\u001b', msbuild);
        Assert.Contains("(3,1): warning STC8002: ", msbuild, StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_KnownFinding_IsUnchanged_SecondCopy_IsNew()
    {
        var finding = new Finding(ScanRules.Polyglot, "m", new FindingLocation("a"));
        using var stream = new MemoryStream();
        SarifWriter.Write(stream, new SarifRun { ToolVersion = "1", Findings = [finding] });
        stream.Position = 0;
        Baseline baseline = Baseline.Read(stream);
        Assert.Equal([BaselineState.Unchanged, BaselineState.New], baseline.Apply([finding, finding]).Select(f => f.Baseline));
        using var wrong = new MemoryStream("{}"u8.ToArray());
        Assert.Throws<InvalidDataException>(() => Baseline.Read(wrong));
        using var foreign = new MemoryStream("""{"runs":[{"results":[{"ruleId":"X"}]}]}"""u8.ToArray());
        Assert.Throws<InvalidDataException>(() => Baseline.Read(foreign));
    }

    [Fact]
    public void Json_Report_HasDigestsAndFindings()
    {
        FileScanResult file = new ScanEngine().ScanBytes("invoice.pdf.exe", "text"u8.ToArray());
        using var stream = new MemoryStream();
        JsonReportWriter.Write(stream, Report([.. file.Findings]) with { Files = [file] });
        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        JsonElement result = json.RootElement.GetProperty("results")[0];
        Assert.Equal("text", result.GetProperty("format").GetString());
        Assert.Equal(64, result.GetProperty("digests").GetProperty("sha256").GetString()!.Length);
        Assert.Equal("STC8004", json.RootElement.GetProperty("findings").EnumerateArray().First().GetProperty("rule").GetString());
    }

    [Fact]
    public void Html_InABrowser_ShowsTheFindings()
    {
        const string Browser = "/usr/bin/chromium";
        Assert.SkipUnless(File.Exists(Browser), "needs Chromium");
        using var directory = new TemporaryDirectory();
        Finding[] findings = [.. Enumerable.Range(0, 250).Select(i => new Finding(ScanRules.Polyglot, $"message {i:D3} <b>", new FindingLocation($"dir/file{i:D3}.gif") { Offset = i }))];
        string page = directory.File("report.html", Html(Report(findings)));
        using var process = Process.Start(new ProcessStartInfo(Browser, ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--user-data-dir=" + Path.Combine(directory.Path, "profile"), "--dump-dom", "file://" + page])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Contains("250 of 250 findings", dom, StringComparison.Ordinal);
        Assert.Equal(200, dom.Split("<details").Length - 1);
        Assert.Contains("message 199 &lt;b&gt;", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("Content Security Policy", errors.GetAwaiter().GetResult(), StringComparison.Ordinal);
    }
}
