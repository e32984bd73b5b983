using System.CommandLine;
using System.Text.Json;
using SecurityToolchain.Cli.Commands;
using Xunit;

namespace SecurityToolchain.Cli.Tests;

public sealed class ScanCommandTests : IDisposable
{
    // Written in two parts, so that a scan of this file does not report it.
    private const string Secret = "Tr0ub4dor" + "Correct9Horse";

    private readonly string _directory = Directory.CreateTempSubdirectory("stc-cli-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static (int Code, string Output, string Errors) Run(Command command, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }

    private string File(string name, string content)
    {
        string path = Path.Combine(_directory, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    [Fact]
    public void Scan_CleanDirectory_ExitsWithZero()
    {
        File("a.txt", "hello");
        (int code, string output, _) = Run(ScanCommand.Create(), _directory, "--no-color");
        Assert.Equal(0, code);
        Assert.StartsWith("Clean: 0 errors, 0 warnings", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_SecretInConfiguration_ExitsWithOne_AndNothingShowsTheSecret()
    {
        File("appsettings.json", "{\n  \"ConnectionStrings\": { \"Main\": \"Server=db;User Id=sa;Password=" + Secret + "\" }\n}");
        string sarif = Path.Combine(_directory, "out.sarif"), html = Path.Combine(_directory, "out.html"), json = Path.Combine(_directory, "out.json");
        (int code, string output, _) = Run(ScanCommand.Create(), Path.Combine(_directory, "appsettings.json"), "-o", sarif, "-o", html, "-o", json, "--notes");
        Assert.Equal(1, code);
        Assert.Contains("STC4003 (2,", output, StringComparison.Ordinal);
        foreach (string text in (string[])[output, System.IO.File.ReadAllText(sarif), System.IO.File.ReadAllText(html), System.IO.File.ReadAllText(json)])
        {
            Assert.Contains("STC4003", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Tr0ub4dor", text, StringComparison.Ordinal);
        }

        Assert.Equal(["appsettings.json", "out.html", "out.json", "out.sarif"], Directory.GetFiles(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scan_Formats_AreWhatTheirReadersExpect()
    {
        string path = File("invoice.pdf.exe", "text");
        Assert.StartsWith("::error file=", Run(ScanCommand.Create(), path, "-f", "GitHub").Output, StringComparison.Ordinal);
        Assert.Contains("invoice.pdf.exe: error STC8004: ", Run(ScanCommand.Create(), path, "-f", "MSBuild").Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Run(ScanCommand.Create(), path, "--json").Output);
        Assert.Equal("suspicious", json.RootElement.GetProperty("verdict").GetString());
        using JsonDocument sarif = JsonDocument.Parse(Run(ScanCommand.Create(), path, "-f", "sarif").Output);
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public void Scan_BaselineAndThreshold_DecideTheExitCode()
    {
        string path = File("invoice.pdf.exe", "text");
        string baseline = Path.Combine(_directory, "base.sarif");
        Assert.Equal(1, Run(ScanCommand.Create(), path, "-o", baseline).Code);
        Assert.Equal(0, Run(ScanCommand.Create(), path, "--baseline", baseline).Code);
        Assert.Equal(0, Run(ScanCommand.Create(), path, "--fail-on", "never").Code);
        File("report.doc.scr", "text");
        Assert.Equal(1, Run(ScanCommand.Create(), _directory, "--baseline", baseline).Code);
        Assert.Equal(3, Run(ScanCommand.Create(), path, "--baseline", path).Code);
    }

    [Fact]
    public void Scan_Incomplete_ExitsWithTwo()
    {
        string path = File("a.7z", "7z\u00bc");
        System.IO.File.WriteAllBytes(path, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]);
        Assert.Equal(2, Run(ScanCommand.Create(), path).Code);
        Assert.Equal(0, Run(ScanCommand.Create(), path, "--allow-incomplete").Code);
        Assert.Equal(2, Run(ScanCommand.Create(), Path.Combine(_directory, "missing")).Code);
    }

    [Theory]
    [InlineData("--limit", "MaxFileSiz=5", "There is no limit 'MaxFileSiz'")]
    [InlineData("--limit", "MaxFileSize=-5", "not valid for the limit MaxFileSize")]
    [InlineData("--limit", "MaxFileSize", "name=value")]
    [InlineData("--shard", "3/3", "i/n")]
    [InlineData("--digest", "crc32", "There is no digest 'crc32'")]
    [InlineData("--config", "/nonexistent/sectool.json", "cannot be read")]
    [InlineData("--baseline", "/nonexistent/base.sarif", "cannot be used")]
    public void Scan_WrongOption_ExitsWithThreeAndNamesIt(string option, string value, string message)
    {
        (int code, _, string errors) = Run(ScanCommand.Create(), _directory, option, value);
        Assert.Equal(3, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_ConfigurationFile_SetsLimitsSeveritiesAndSuppressions()
    {
        string path = File("invoice.pdf.exe", "text");
        string configuration = File("c.json", """{ "scan": { /* comment */ "suppressions": [ { "rule": "STC8004", "path": "**/invoice.*", "reason": "a fixture" } ], "severities": { "STC8001": "none" } } }""");
        Assert.Equal(0, Run(ScanCommand.Create(), path, "--config", configuration).Code);
        Assert.Equal(3, Run(ScanCommand.Create(), path, "--config", File("d.json", """{ "scan": { "limit": {} } }""")).Code);
        Assert.Equal(3, Run(ScanCommand.Create(), path, "--config", File("e.json", """{ "scan": { "suppressions": [ { "rule": "*", "path": "**" } ] } }""")).Code);
        Assert.Equal(2, Run(ScanCommand.Create(), path, "--config", File("f.json", """{ "scan": { "limits": { "maxFileSize": 1 } } }""")).Code);
    }

    [Fact]
    public void Scan_ShardsMerged_GiveTheBytesOfOneRun()
    {
        for (int i = 0; i < 25; i++)
            File($"report {i}.pdf.exe", "content " + i);
        string all = Path.Combine(_directory, "all.sarif");
        string tree = Path.Combine(_directory, "*.exe");
        Assert.Equal(1, Run(ScanCommand.Create(), tree, "-o", all).Code);
        var shards = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            shards.Add(Path.Combine(_directory, $"s{i}.sarif"));
            Run(ScanCommand.Create(), tree, "--shard", $"{i}/3", "-o", shards[i]);
        }

        string merged = Path.Combine(_directory, "merged.sarif");
        (int code, string output, _) = Run(MergeCommand.Create(), [.. shards, "-o", merged]);
        Assert.Equal(0, code);
        Assert.Equal("3 reports, 50 findings", output.Trim());
        Assert.Equal(System.IO.File.ReadAllText(all), System.IO.File.ReadAllText(merged));
        Assert.Equal(3, Run(MergeCommand.Create(), File("x.txt", "no json"), "-o", merged).Code);
    }

    [Fact]
    public void Hash_PrintsAndChecks()
    {
        string path = File("abc.txt", "abc");
        const string Expected = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Assert.StartsWith(Expected, Run(HashCommand.Create(), path).Output, StringComparison.Ordinal);
        Assert.Equal(0, Run(HashCommand.Create(), path, "-c", Expected.ToUpperInvariant()).Code);
        Assert.Equal(1, Run(HashCommand.Create(), path, "-c", "sha256:" + new string('0', 64)).Code);
        Assert.Contains("REFUSED", Run(HashCommand.Create(), path, "-c", "md5:900150983cd24fb0d6963f7d28e17f72").Output, StringComparison.Ordinal);
        Assert.Equal(3, Run(HashCommand.Create(), path, "-c", "900150983cd24fb0d6963f7d28e17f72").Code);
        Assert.Equal(2, Run(HashCommand.Create(), path + ".missing").Code);
        Assert.Contains("blake3:6437b3ac", Run(HashCommand.Create(), path, "-a", "all").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Strings_AreRedactedAndFiltered()
    {
        string path = Path.Combine(_directory, "a.bin");
        System.IO.File.WriteAllBytes(path, [0, 1, 2, .. System.Text.Encoding.ASCII.GetBytes("https://example.com/x\0password=" + Secret + "\0")]);
        (int code, string output, _) = Run(StringsCommand.Create(), path);
        Assert.Equal(0, code);
        Assert.Contains("https://example.com/x", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.DoesNotContain("password", Run(StringsCommand.Create(), path, "--category", "Url").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void InspectAndExplain_Answer()
    {
        Assert.Contains("ssdeep", Run(InspectCommand.Create(), File("a.txt", "abc")).Output, StringComparison.Ordinal);
        Assert.Contains("CWE-409", Run(ExplainCommand.Create(), "stc8010").Output, StringComparison.Ordinal);
        Assert.Contains("STC8010  ", Run(ExplainCommand.Create()).Output, StringComparison.Ordinal);
        Assert.Equal(3, Run(ExplainCommand.Create(), "STC0000").Code);
    }

    [Fact]
    public void Scan_GitHistory_ReportsWhatTheTreeNoLongerHas()
    {
        Assert.SkipUnless(System.IO.File.Exists("/usr/bin/git"), "git is not installed");
        void Git(params string[] arguments)
        {
            var start = new System.Diagnostics.ProcessStartInfo("/usr/bin/git", ["-c", "user.name=n", "-c", "user.email=e@example.com", .. arguments]) { WorkingDirectory = _directory };
            using var process = System.Diagnostics.Process.Start(start)!;
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }

        Git("init", "-q");
        string file = File("appsettings.json", "{ \"Main\": \"Server=db;User Id=sa;Password=" + Secret + "\" }");
        Git("add", "-A");
        Git("commit", "-q", "-m", "one");
        System.IO.File.WriteAllText(file, "{}");
        Git("commit", "-q", "-a", "-m", "two");
        Assert.Equal(0, Run(ScanCommand.Create(), _directory).Code);
        (int code, string output, _) = Run(ScanCommand.Create(), _directory, "--git-history", "--no-color");
        Assert.Equal(1, code);
        Assert.Contains("In commit ", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.Equal(3, Run(ScanCommand.Create(), file, "--git-history").Code);
    }
}
