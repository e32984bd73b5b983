using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.Analyzers.Rules;
using SecurityToolchain.Testing;
using SecurityToolchain.Tooling;
using Xunit;

namespace SecurityToolchain.Analyzers.Tests;

/// <summary>While code is written it does not compile; no analyzer may throw on it.</summary>
public sealed class BrokenSourceTests
{
    private const int FilesPerCompilation = 60;

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest);
    private static readonly CSharpCompilationOptions s_compile = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>3 compilations of 60 broken files; <c>SECURITY_TOOLCHAIN_BROKEN_COMPILATIONS</c> sets another number.</summary>
    private static int Compilations => int.TryParse(Environment.GetEnvironmentVariable("SECURITY_TOOLCHAIN_BROKEN_COMPILATIONS"), CultureInfo.InvariantCulture, out int number) ? number : 3;

    [Fact]
    public async Task BrokenFilesOfTheRepository_MakeNoAnalyzerThrow()
    {
        string[] files = Sources();
        var mutator = new SourceMutator(seed: 20_260_102);
        ImmutableArray<DiagnosticAnalyzer> analyzers = Analyzers();
        int errors = 0;
        for (int round = 0; round < Compilations; round++)
        {
            var trees = new List<SyntaxTree>();
            // Steps that share no factor with the number of files meet other files in each round.
            for (int i = 0; i < FilesPerCompilation; i++)
            {
                string path = files[(round * FilesPerCompilation + i) * 17 % files.Length];
                string text = mutator.Break(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
                trees.Add(CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), s_parse, string.Create(CultureInfo.InvariantCulture, $"/{i}{path}"), cancellationToken: TestContext.Current.CancellationToken));
            }

            var compilation = CSharpCompilation.Create("Broken", trees, TestReferences.All, s_compile);
            var thrown = new ConcurrentQueue<string>();
            ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                (exception, analyzer, _) => thrown.Enqueue($"round {round}: {analyzer.GetType().Name}: {exception}"),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false)).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            Assert.Empty(thrown);
            Assert.DoesNotContain(found, static diagnostic => diagnostic.Id == "AD0001");
            errors += compilation.GetDiagnostics(TestContext.Current.CancellationToken).Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }

        Assert.True(errors > Compilations * FilesPerCompilation, "The sources are hardly broken.");
    }

    [Fact]
    public void Mutator_SameSeed_BreaksTheSameWay()
    {
        const string source = "class C { void M(string text) { if (text.Length > 2) System.Console.WriteLine(text); } }";
        Assert.Equal(
            Enumerable.Range(0, 20).Select(static seed => new SourceMutator(seed).Break(source)),
            Enumerable.Range(0, 20).Select(static seed => new SourceMutator(seed).Break(source)));
        Assert.Contains(Enumerable.Range(0, 20), static seed => new SourceMutator(seed).Break(source) != source);
    }

    private static ImmutableArray<DiagnosticAnalyzer> Analyzers() =>
    [
        .. typeof(RuleCatalogue).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static string[] Sources()
    {
        Repository repository = Repository.Find();
        return
        [
            .. new[] { "samples", "src" }
                .SelectMany(folder => Directory.EnumerateFiles(repository.Path(folder), "*.cs", SearchOption.AllDirectories))
                .Where(static path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
                .Order(StringComparer.Ordinal),
        ];
    }
}
