using System.Globalization;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Security;
using System.Text;
using Microsoft.CodeAnalysis;
using SecurityToolchain.CompilationCost;
using SecurityToolchain.GateCost;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Taint.Benchmarks.Building;

/// <summary>A folder with two projects, one of libraries and one of web applications, half of the lines each. A property says whose analyzers a build uses.</summary>
internal sealed class BuiltSolution : IDisposable
{
    private const string SetProperty = "MeasuredAnalyzers";
    private const string SolutionFile = "All.slnx";

    private readonly string _root = Directory.CreateTempSubdirectory("stc-build-cost-").FullName;

    /// <summary>Writes the projects.</summary>
    /// <returns>The number of lines.</returns>
    public int Write(Repository repository, int lines, IReadOnlyList<AnalyzerSet> sets)
    {
        (string Name, Corpus Corpus)[] projects = [("Libraries", Corpus.Libraries(repository, lines / 2)), ("Web", Corpus.WebShops(repository, lines / 2))];
        foreach ((string name, Corpus corpus) in projects)
        {
            int number = 0;
            foreach (SyntaxTree tree in corpus.Trees.Take(corpus.WrittenFiles))
                WriteFile(string.Create(CultureInfo.InvariantCulture, $"{name}/File{number++}.cs"), tree.ToString());
            WriteFile($"{name}/{name}.csproj", Project(corpus, sets));
        }

        foreach (AnalyzerSet set in sets)
        {
            WriteFile(set.Name + ".globalconfig", GlobalConfig(set));
            foreach (AdditionalText file in set.AdditionalFiles)
                WriteFile(Path.Combine(set.Name, Path.GetFileName(file.Path)), file.GetText()!.ToString());
        }

        // Nothing from the folders above may take part.
        foreach (string file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            WriteFile(file, "<Project />");
        WriteFile(SolutionFile, $"<Solution>{string.Concat(projects.Select(static project => $"<Project Path=\"{project.Name}/{project.Name}.csproj\" />"))}</Solution>");
        return projects.Sum(static project => project.Corpus.Lines);
    }

    /// <summary>Restores both projects once; the builds do not.</summary>
    public Task RestoreAsync() => RunAsync("restore", SolutionFile);

    /// <summary>Builds everything.</summary>
    /// <returns>CPU seconds of the build and of all processes that it started.</returns>
    public async Task<double> BuildAsync(AnalyzerSet set)
    {
        double before = ProcessorClock.ChildSeconds;
        await RunAsync(
            "build", SolutionFile, "--no-incremental", "--no-restore", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-clp:ErrorsOnly", $"-p:{SetProperty}={set.Name}").ConfigureAwait(false);
        return ProcessorClock.ChildSeconds - before;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Project(Corpus corpus, IReadOnlyList<AnalyzerSet> sets)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
                <ImplicitUsings>disable</ImplicitUsings>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                <GenerateDocumentationFile>false</GenerateDocumentationFile>
                <LangVersion>latest</LangVersion>
                <NoWarn>$(NoWarn);CS0436;CS8981</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />

            """);
        var framework = FrameworkFiles();
        foreach (MetadataReference reference in corpus.Compile(AnalyzerSet.Nothing).References)
        {
            if (reference.Display is { } path && !framework.Contains(Path.GetFileName(path)) && IsManaged(path))
                text.Append(CultureInfo.InvariantCulture, $"    <Reference Include=\"{Escape(path)}\" />\n");
        }

        text.Append("  </ItemGroup>\n");
        foreach (AnalyzerSet set in sets)
        {
            text.Append(CultureInfo.InvariantCulture, $"  <ItemGroup Condition=\"'$({SetProperty})' == '{set.Name}'\">\n    <GlobalAnalyzerConfigFiles Include=\"../{set.Name}.globalconfig\" />\n");
            foreach (string file in set.Files)
                text.Append(CultureInfo.InvariantCulture, $"    <Analyzer Include=\"{Escape(file)}\" />\n");
            foreach (AdditionalText file in set.AdditionalFiles)
                text.Append(CultureInfo.InvariantCulture, $"    <AdditionalFiles Include=\"../{set.Name}/{Path.GetFileName(file.Path)}\" />\n");
            text.Append("  </ItemGroup>\n");
        }

        return text.Append("</Project>\n").ToString();
    }

    /// <summary>The files of the runtime and of the targeting packs, whose analyzer folders the corpus knows: a build references them by itself.</summary>
    private static HashSet<string> FrameworkFiles() => typeof(Corpus).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(static data => data.Key == "GeneratorsFolder")
        .Select(static data => Path.Combine(data.Value!, "..", "..", "..", "ref", "net10.0"))
        .Append(Path.GetDirectoryName(typeof(object).Assembly.Location)!)
        .SelectMany(static folder => Directory.GetFiles(folder, "*.dll"))
        .Select(static path => Path.GetFileName(path)!)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string GlobalConfig(AnalyzerSet set)
    {
        var text = new StringBuilder("is_global = true\nglobal_level = 100\n");
        foreach ((string id, ReportDiagnostic severity) in set.Severities.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"dotnet_diagnostic.{id}.severity = {(severity == ReportDiagnostic.Suppress ? "none" : "warning")}\n");
        return text.ToString();
    }

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static bool IsManaged(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return image.HasMetadata;
    }

    private void WriteFile(string path, string content)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    private async Task RunAsync(params string[] arguments)
    {
        CommandResult result = await Command.Dotnet(arguments).With(_root, null).RunAsync().ConfigureAwait(false);
        if (!result.Succeeded)
            throw new InvalidOperationException($"'dotnet {string.Join(' ', arguments)}' ended with {result.ExitCode}:\n{string.Join('\n', result.Output.Split('\n').Take(40))}");
    }
}
