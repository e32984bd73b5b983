using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SecurityToolchain.CompilationCost;

/// <summary>
/// Compiles a corpus alternately with each set of analyzers in one process. The compiler's own diagnostics are asked for in every run,
/// so the difference to the compiler alone is what the analyzers added.
/// </summary>
internal sealed class Measurement(IReadOnlyList<AnalyzerSet> sets)
{
    public async Task<IReadOnlyDictionary<AnalyzerSet, Cost>> RunAsync(Corpus corpus, int rounds, Action<string> progress)
    {
        var costs = sets.ToDictionary(static set => set, static _ => new List<Cost>());
        // Round 0 loads and compiles code; it is not counted.
        for (int round = 0; round <= rounds; round++)
        {
            foreach (AnalyzerSet set in sets)
            {
                Cost cost = await CompileAsync(corpus, set).ConfigureAwait(false);
                progress($"round {round} of {rounds}: {set.Name}: {cost.CpuSeconds:F1} CPU s, {cost.Findings} findings");
                if (round > 0)
                    costs[set].Add(cost);
            }
        }

        return costs.ToDictionary(static entry => entry.Key, static entry => Median(entry.Value));
    }

    private static async Task<Cost> CompileAsync(Corpus corpus, AnalyzerSet set)
    {
        CSharpCompilation compilation = corpus.Compile(set);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        using var process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        var wall = Stopwatch.StartNew();

        ImmutableArray<Diagnostic> diagnostics = set.Analyzers.IsEmpty
            ? compilation.GetDiagnostics()
            : await compilation.WithAnalyzers(set.Analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions(set.AdditionalFiles), OnException, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false))
                .GetAllDiagnosticsAsync().ConfigureAwait(false);

        wall.Stop();
        process.Refresh();
        int errors = diagnostics.Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (errors > 0)
        {
            IEnumerable<string> shown = diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5).Select(static diagnostic => diagnostic.ToString());
            throw new InvalidOperationException($"The corpus has {errors} errors, so it does not stand for real code:\n{string.Join('\n', shown)}");
        }

        return new Cost(
            (process.TotalProcessorTime - cpu).TotalSeconds,
            wall.Elapsed.TotalSeconds,
            GC.GetTotalAllocatedBytes(precise: true) - bytes,
            diagnostics.Count(diagnostic => set.Severities.ContainsKey(diagnostic.Id)));
    }

    private static void OnException(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException($"{analyzer.GetType().Name} threw.", exception);

    private static Cost Median(List<Cost> costs) => new(
        Middle(costs, static cost => cost.CpuSeconds),
        Middle(costs, static cost => cost.WallSeconds),
        (long)Middle(costs, static cost => cost.AllocatedBytes),
        costs[0].Findings);

    private static double Middle(List<Cost> costs, Func<Cost, double> value)
    {
        double[] values = [.. costs.Select(value).Order()];
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
