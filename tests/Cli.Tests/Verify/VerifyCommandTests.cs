using System.Text.Json;
using SecurityToolchain.Cli.Commands;
using SecurityToolchain.Cli.Verify;
using Spectre.Console;

namespace SecurityToolchain.Cli.Tests.Verify;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    private int Run(string path, bool json = false, string? sarif = null)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(_output) });
        console.Profile.Width = 160;
        return VerifyCommand.Run(path, json, sarif, console, _errors);
    }

    private static string OwnAssets
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "SecurityToolchain.Cli.Tests.csproj")))
                folder = folder.Parent!;
            return Path.Combine(folder.FullName, "obj", "project.assets.json");
        }
    }

    // A package folder with one signed package of this test's own restore.
    private string CopySignedPackage()
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllBytes(OwnAssets));
        string root = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        string source = Directory.EnumerateDirectories(Path.Combine(root, "xunit.v3.common")).First();
        string target = _folder.PathOf("packages/xunit.v3.common/" + Path.GetFileName(source));
        foreach (string file in Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    [Fact]
    public void Run_OwnProject_IsClean()
    {
        Assert.Equal(ExitCodes.Success, Run(OwnAssets));
        Assert.Contains("packages verified, 0 findings, 0 of them errors", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, Run(Path.GetDirectoryName(Path.GetDirectoryName(OwnAssets))!));
    }

    [Fact]
    public void Run_PackageFolder_FindsAnAddedFileInTableJsonAndSarif()
    {
        string package = CopySignedPackage();
        Assert.Equal(ExitCodes.Success, Run(_folder.PathOf("packages")));

        Directory.CreateDirectory(Path.Combine(package, "build"));
        File.WriteAllText(Path.Combine(package, "build", "xunit.v3.common.targets"), "<Project />");
        Assert.Equal(ExitCodes.Findings, Run(_folder.PathOf("packages")));
        Assert.Contains("STC7023", _output.ToString(), StringComparison.Ordinal);

        _output.GetStringBuilder().Clear();
        string sarif = _folder.PathOf("out/report.sarif");
        Assert.Equal(ExitCodes.Findings, Run(_folder.PathOf("packages"), json: true, sarif));
        using JsonDocument json = JsonDocument.Parse(_output.ToString());
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        JsonElement finding = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal("STC7023", finding.GetProperty("rule").GetString());
        Assert.Equal("xunit.v3.common", finding.GetProperty("package").GetString());
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(sarif));
        Assert.Equal("STC7023", report.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("ruleId").GetString());
    }

    [Theory]
    [InlineData("missing.csproj", "does not exist")]
    [InlineData("a.txt", "is neither a project")]
    [InlineData("App/App.csproj", "has not been restored")]
    [InlineData("empty", "holds no project")]
    [InlineData("bad/project.assets.json", "is not an assets file")]
    public void Run_NothingToVerify_FailsWithTheReason(string path, string reason)
    {
        _folder.Write("a.txt", "");
        _folder.Write("App/App.csproj", "<Project />");
        _folder.Write("bad/project.assets.json", "{}");
        Directory.CreateDirectory(_folder.PathOf("empty"));
        Assert.Equal(ExitCodes.Failure, Run(_folder.PathOf(path)));
        Assert.Contains(reason, _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("All.sln", "Project(\"{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}\") = \"App\", \"App\\App.csproj\", \"{A}\"\r\nEndProject\r\nProject(\"{2150E333-8FDC-42A3-9474-1A3956D46DE8}\") = \"Folder\", \"Folder\", \"{B}\"\r\nEndProject\r\n")]
    [InlineData("All.slnx", "<Solution><Folder Name=\"/x/\"><Project Path=\"App/App.csproj\" /></Folder></Solution>")]
    public void Find_Solution_ListsItsProjects(string name, string content)
    {
        _folder.Write("App/App.csproj", "<Project />");
        _folder.Write("App/obj/project.assets.json", "{}");
        VerificationTarget target = VerificationTarget.Find(_folder.Write(name, content));
        Assert.Equal([(_folder.PathOf("App/App.csproj"), _folder.PathOf("App/obj/project.assets.json"))], target.Projects);
    }
}
