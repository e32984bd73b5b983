namespace SecurityToolchain.EndToEnd.Tests.Engineering;

/// <summary>What <c>eng/RuleTool new</c> writes, in a copy of the repository: it compiles without a warning, and its tests notice when the rule is gone.</summary>
public sealed class RuleScaffoldTests : IDisposable
{
    private static readonly string[] s_folders = ["src/Analyzers", "src/Secrets", "src/CodeFixes", "eng/RuleTool", "eng/Tooling", "tests/Testing", "docs/rules"];

    private static readonly string[] s_files =
    [
        "SecurityToolchain.sln", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "global.json",
        "nuget.config", "eng/Directory.Build.props", "tests/Directory.Build.props", "LICENSE",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("stc-scaffold-").FullName;

    [Fact]
    public async Task New_Rule_CompilesAndItsTestsJudge()
    {
        CopyRepository();
        Write("tests/Scaffold.Tests/Scaffold.Tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <ProjectReference Include="../Testing/SecurityToolchain.Testing.csproj" />
                <ProjectReference Include="../../src/Analyzers/SecurityToolchain.Analyzers.csproj" />
                <ProjectReference Include="../../src/CodeFixes/SecurityToolchain.CodeFixes.csproj" />
                <Compile Include="../Analyzers.Tests/Rules/**/*.cs" />
              </ItemGroup>
            </Project>
            """);

        DotNetResult scaffold = await RunAsync("run", "--project", "eng/RuleTool", "--", "new", "Injection", "TemplateProbe");
        scaffold.ShouldSucceed();
        string analyzer = Path.Combine(_root, "src", "Analyzers", "Rules", "Injection", "TemplateProbeAnalyzer.cs");
        Assert.True(File.Exists(analyzer), scaffold.Output);

        // Green: the example in the templates is a rule of its own, and nothing warns.
        (await RunAsync("build", "tests/Scaffold.Tests", "-warnaserror", "-m:1", "-v", "q")).ShouldSucceed();
        DotNetResult green = await RunTestsAsync();
        green.ShouldSucceed();
        Assert.Matches("Total: 4, .*Failed: 0", green.Output);

        // Red: a rule that looks at another type is noticed by its own tests.
        string text = await File.ReadAllTextAsync(analyzer, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(analyzer, text.Replace("\"System.Diagnostics.Process\"", "\"System.Diagnostics.Stopwatch\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await RunAsync("build", "tests/Scaffold.Tests", "-m:1", "-v", "q", "-p:RunAnalyzers=false")).ShouldSucceed();
        DotNetResult red = await RunTestsAsync();
        Assert.Matches("VulnerableCode_IsReported.*FAIL", red.Output);
        Assert.DoesNotMatch("SafeTwin_IsSilent.*FAIL", red.Output);

        // A name that is taken is refused, and nothing is overwritten.
        DotNetResult again = await RunAsync("run", "--no-build", "--project", "eng/RuleTool", "--", "new", "Injection", "TemplateProbe");
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains("TemplateProbeAnalyzer.cs' cannot be created, or exists already", again.Output, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Task<DotNetResult> RunAsync(params string[] arguments) => DotNetCommand.RunAsync(_root, null, arguments);

    private Task<DotNetResult> RunTestsAsync() => RunAsync("exec", Path.Combine(_root, "tests", "Scaffold.Tests", "bin", "Debug", "net10.0", "Scaffold.Tests.dll"), "-noColor");

    private void CopyRepository()
    {
        foreach (string file in s_files)
            Copy(Path.Combine(PackedFeed.RepositoryRoot, file));
        foreach (string folder in s_folders)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(PackedFeed.RepositoryRoot, folder), "*", SearchOption.AllDirectories))
            {
                string relative = "/" + Path.GetRelativePath(PackedFeed.RepositoryRoot, file).Replace('\\', '/');
                if (!relative.Contains("/bin/", StringComparison.Ordinal) && !relative.Contains("/obj/", StringComparison.Ordinal))
                    Copy(file);
            }
        }
    }

    private void Copy(string file)
    {
        string target = Path.Combine(_root, Path.GetRelativePath(PackedFeed.RepositoryRoot, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }

    private void Write(string path, string content)
    {
        string target = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, content);
    }
}
