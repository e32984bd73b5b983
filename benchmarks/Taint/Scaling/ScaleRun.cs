using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.CompilationCost;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Taint.Benchmarks.Scaling;

/// <summary>The child process: compiles one corpus once and prints its cost as the last line.</summary>
internal static class ScaleRun
{
    /// <summary>The mode under which the program runs as a child.</summary>
    public const string Mode = "scale-run";

    /// <summary>The corpus of libraries.</summary>
    public const string Libraries = "libraries";

    /// <summary>The corpus of web applications.</summary>
    public const string Web = "web";

    /// <summary>The analyzers of this product.</summary>
    public const string Ours = "ours";

    /// <summary>No analyzers.</summary>
    public const string Nothing = "nothing";

    private const int WarmUpLines = 1;

    public static async Task<int> RunAsync(Repository repository, string corpusName, int lines, string setName)
    {
        AnalyzerSet set = setName == Ours ? AnalyzerSet.Ours() : AnalyzerSet.Nothing;
        Func<Repository, int, Corpus> make = corpusName == Web ? Corpus.WebShops : Corpus.Libraries;
        // Once over the smallest corpus, so that compiling our own code is not counted.
        await CompileAsync(make(repository, WarmUpLines), set).ConfigureAwait(false);
        Corpus corpus = make(repository, lines);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        using var process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        await CompileAsync(corpus, set).ConfigureAwait(false);
        process.Refresh();
        var cost = new ScaleCost(corpus.Lines, (process.TotalProcessorTime - cpu).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes, process.PeakWorkingSet64);
        Console.WriteLine(JsonSerializer.Serialize(cost));
        return 0;
    }

    private static async Task CompileAsync(Corpus corpus, AnalyzerSet set)
    {
        CSharpCompilation compilation = corpus.Compile(set);
        ImmutableArray<Diagnostic> diagnostics = set.Analyzers.IsEmpty
            ? compilation.GetDiagnostics()
            : await compilation.WithAnalyzers(set.Analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions(set.AdditionalFiles), OnException, concurrentAnalysis: true, logAnalyzerExecutionTime: false)).GetAllDiagnosticsAsync().ConfigureAwait(false);
        if (diagnostics.FirstOrDefault(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
            throw new InvalidOperationException($"The corpus has errors, so it does not stand for real code: {error}");
    }

    private static void OnException(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException($"{analyzer.GetType().Name} threw.", exception);
}
