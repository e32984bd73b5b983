using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace SecurityToolchain.Testing;

/// <summary>Builds workspaces and runs analyzers over them, for the verifiers.</summary>
internal static class TestProject
{
    public static Project Create(AdhocWorkspace workspace, VerifierOptions options, IEnumerable<(string Name, string Text)> sources)
    {
        var compilationOptions = new CSharpCompilationOptions(
            options.OutputKind,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: ImmutableDictionary<string, ReportDiagnostic>.Empty);
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Test",
            "Test",
            LanguageNames.CSharp,
            compilationOptions: compilationOptions,
            parseOptions: new CSharpParseOptions(options.LanguageVersion, preprocessorSymbols: ["NET10_0", "NET", "NETCOREAPP"]),
            metadataReferences: options.References ?? TestReferences.All));
        foreach ((string name, string text) in sources)
            project = project.AddDocument(name, SourceText.From(text, Encoding.UTF8), filePath: "/src/" + name).Project;
        return project;
    }

    /// <summary>Fails on compile errors, then returns the analyzer's findings, in source order.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(
        Project project, DiagnosticAnalyzer analyzer, VerifierOptions options, IEnumerable<(string Path, string Text)> additionalFiles)
    {
        Compilation compilation = await project.GetCompilationAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("No compilation.");
        FailOnCompileErrors(compilation);

        // A rule that is off by default is on in its own test.
        CompilationOptions enabled = compilation.Options.WithSpecificDiagnosticOptions(
            analyzer.SupportedDiagnostics
                .Where(static descriptor => !descriptor.IsEnabledByDefault)
                .GroupBy(static descriptor => descriptor.Id)
                .ToDictionary(static group => group.Key, static _ => ReportDiagnostic.Warn));
        var files = additionalFiles.Select(static file => (AdditionalText)new InMemoryAdditionalText(file.Path, file.Text)).ToImmutableArray();
        var analyzerOptions = new AnalyzerOptions(files, new DictionaryOptionsProvider(options.AnalyzerConfig));
        CompilationWithAnalyzers run = compilation.WithOptions(enabled).WithAnalyzers(
            [analyzer],
            new CompilationWithAnalyzersOptions(analyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> found = await run.GetAnalyzerDiagnosticsAsync().ConfigureAwait(false);

        foreach (Diagnostic diagnostic in found)
        {
            if (diagnostic.Id == "AD0001")
                throw new VerificationException("The analyzer threw: " + diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        }

        return [.. found
            .Where(diagnostic => options.Ids.Count == 0 || options.Ids.Contains(diagnostic.Id))
            .OrderBy(static diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public static void FailOnCompileErrors(Compilation compilation)
    {
        string[] errors = [.. compilation.GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(static diagnostic => diagnostic.ToString())];
        if (errors.Length > 0)
        {
            string sources = string.Join("\n----\n", compilation.SyntaxTrees.Select(static tree => tree.ToString()));
            throw new VerificationException("The source does not compile:\n" + string.Join('\n', errors) + "\n----\n" + sources);
        }
    }
}
