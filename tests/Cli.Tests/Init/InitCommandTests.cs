using SecurityToolchain.Cli.Commands;
using SecurityToolchain.Cli.Init;

namespace SecurityToolchain.Cli.Tests.Init;

public sealed class InitCommandTests : IDisposable
{
    private const string PropsLine = """<Import Project="Sdk.props" Sdk="SecurityToolchain.Sdk" Version="1.2.3" />""";
    private const string TargetsLine = """<Import Project="Sdk.targets" Sdk="SecurityToolchain.Sdk" Version="1.2.3" />""";

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    private int Run(bool remove = false, bool dryRun = false, string version = "1.2.3") =>
        InitCommand.Run(_folder.Root, version, remove, dryRun, _output, _errors);

    private string Read(string name) => File.ReadAllText(_folder.PathOf(name));

    private string[] Names() => [.. Directory.EnumerateFiles(_folder.Root).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Run_EmptyFolder_CreatesFourFiles()
    {
        Assert.Equal(0, Run());
        Assert.Equal(["Directory.Build.props", "Directory.Build.targets", "Directory.Solution.targets", "security-toolchain.json"], Names());
        Assert.Equal($"<Project>\n  {PropsLine}\n</Project>\n", Read("Directory.Build.props"));
        Assert.Contains("Solution.targets", Read("Directory.Solution.targets"), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Twice_ChangesNothing()
    {
        Run();
        string[] before = [.. Names().Select(Read)];
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, Run());
        Assert.Equal(before, Names().Select(Read));
        Assert.DoesNotContain("created", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("updated", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DryRun_SaysWhatItWouldDoAndDoesNothing()
    {
        Assert.Equal(0, Run(dryRun: true));
        Assert.Empty(Names());
        Assert.Contains("would create Directory.Build.props", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<Project>\r\n  <!-- > keep -->\r\n  <PropertyGroup>\r\n    <A>1</A>\r\n  </PropertyGroup>\r\n</Project>\r\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- <Project> -->\n<Project xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\"\n  TreatAsLocalProperty='a>b'>\n\t<PropertyGroup />\n</Project>")]
    [InlineData("<Project />")]
    [InlineData("<Project></Project>\n")]
    public void Run_ThenRemove_KeepsWhatTheUserWrote(string content)
    {
        _folder.Write("Directory.Build.props", content);
        _folder.Write("Directory.Build.targets", content);
        Assert.Equal(0, Run());

        string props = Read("Directory.Build.props");
        string targets = Read("Directory.Build.targets");
        Assert.Contains(PropsLine, props, StringComparison.Ordinal);
        Assert.True(props.IndexOf(PropsLine, StringComparison.Ordinal) < (props.IndexOf("<PropertyGroup", StringComparison.Ordinal) is var at and >= 0 ? at : props.Length));
        Assert.True(targets.IndexOf(TargetsLine, StringComparison.Ordinal) > targets.IndexOf("<PropertyGroup", StringComparison.Ordinal));
        System.Xml.Linq.XElement parsed = System.Xml.Linq.XDocument.Parse(targets).Root!;
        Assert.Equal("Import", parsed.Elements().Last().Name.LocalName);

        Assert.Equal(0, Run(remove: true));
        if (content.Contains("PropertyGroup", StringComparison.Ordinal))
        {
            Assert.Equal(content, Read("Directory.Build.props"));
            Assert.Equal(content, Read("Directory.Build.targets"));
        }

        Assert.DoesNotContain("Directory.Solution.targets", Names());
        Assert.Contains("security-toolchain.json", Names());
    }

    [Fact]
    public void Run_OtherVersion_ReplacesTheLine()
    {
        Run(version: "1.0.0");
        Assert.Equal(0, Run());
        Assert.Equal($"<Project>\n  {PropsLine}\n</Project>\n", Read("Directory.Build.props"));
    }

    [Fact]
    public void Run_ExistingPolicy_IsNotTouched()
    {
        _folder.Write("security-toolchain.json", "{ \"requireSignature\": false }");
        Run();
        Assert.Equal("{ \"requireSignature\": false }", Read("security-toolchain.json"));
    }

    [Theory]
    [InlineData("<Project>")]
    [InlineData("<configuration />")]
    [InlineData("")]
    public void Run_BrokenFile_NamesItAndChangesNothing(string content)
    {
        _folder.Write("Directory.Build.targets", content);
        Assert.Equal(ExitCodes.Failure, Run());
        Assert.Contains("Directory.Build.targets", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Directory.Build.targets"], Names());
        Assert.Equal(content, Read("Directory.Build.targets"));
    }

    [Fact]
    public void Run_NestedFileWithoutImport_IsNamed()
    {
        _folder.Write("tests/Directory.Build.props", "<Project />");
        _folder.Write("src/Directory.Build.props", """<Project><Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" /></Project>""");
        Run();
        Assert.Contains("warning: tests/Directory.Build.props hides", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("src/Directory.Build.props hides", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingFolder_Fails() =>
        Assert.Equal(ExitCodes.Failure, InitCommand.Run(_folder.PathOf("nowhere"), "1.0.0", false, false, _output, _errors));
}
