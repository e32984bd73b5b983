using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.CompilationCost;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Taint.Benchmarks.Editing;

/// <summary>
/// The live diagnostics of a file of 1,000 lines in a large project, after each of some edits. The bar is 250 ms of CPU time: on an idle machine
/// the answer comes no later.
/// </summary>
internal static class EditBenchmark
{
    private const double BarMilliseconds = 250;
    private const int FileLines = 1000;
    private const int UncountedEdits = 8;

    /// <returns>Whether the bar was reached for every corpus.</returns>
    public static async Task<bool> RunAsync(Repository repository, int lines, int edits, string only)
    {
        AnalyzerSet ours = AnalyzerSet.Ours();
        if (only.Length > 0)
            ours = ours with { Analyzers = [.. ours.Analyzers.Where(analyzer => analyzer.GetType().Name.Contains(only, StringComparison.OrdinalIgnoreCase))] };
        bool reached = true;
        Console.WriteLine("| edited file in | live diagnostics of | first CPU ms | median CPU ms | 95 % CPU ms | median wall ms | 95 % wall ms | findings |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
        foreach (Corpus corpus in new[] { Corpus.WebShops(repository, lines), Corpus.Libraries(repository, lines) })
        {
            LargeFile file = LargeFile.From(corpus.Trees.Take(corpus.WrittenFiles), FileLines);
            await RequireNoErrorsAsync(corpus, file).ConfigureAwait(false);
            await MeasureAsync(corpus, file, AnalyzerSet.Nothing, edits).ConfigureAwait(false);
            reached &= await MeasureAsync(corpus, file, ours, edits).ConfigureAwait(false) <= BarMilliseconds;
        }

        Console.WriteLine();
        Console.WriteLine($"bar: {BarMilliseconds} ms in 95 % of the edits: {(reached ? "ok" : "MISSED")}");
        return reached;
    }

    private static async Task RequireNoErrorsAsync(Corpus corpus, LargeFile file)
    {
        using var editor = new Editor(corpus, file);
        var errors = await editor.ErrorsAsync().ConfigureAwait(false);
        if (!errors.IsEmpty)
            throw new InvalidOperationException($"The corpus has {errors.Length} errors, so it does not stand for real code:\n{string.Join('\n', errors.Take(5))}");
    }

    private static async Task<double> MeasureAsync(Corpus corpus, LargeFile file, AnalyzerSet set, int edits)
    {
        using var editor = new Editor(corpus, file);
        var texts = new Edits(SourceText.From(file.Text));
        EditCost first = await editor.ChangeAsync(SourceText.From(file.Text), set).ConfigureAwait(false);
        var costs = new List<EditCost>();
        // The first edits compile code of the analyzers and of the compiler.
        for (int i = 0; i < edits + UncountedEdits; i++)
        {
            EditCost cost = await editor.ChangeAsync(texts.Apply(i), set).ConfigureAwait(false);
            if (i >= UncountedEdits)
                costs.Add(cost);
        }

        double high = Statistics.Quantile(costs.Select(static cost => cost.CpuMilliseconds), 0.95);
        Console.WriteLine(
            $"| {corpus.Name}, {corpus.Lines:N0} lines | {set.Name} | {first.CpuMilliseconds:F0} | {Statistics.Median(costs.Select(static cost => cost.CpuMilliseconds)):F0} | {high:F0} "
            + $"| {Statistics.Median(costs.Select(static cost => cost.WallMilliseconds)):F0} | {Statistics.Quantile(costs.Select(static cost => cost.WallMilliseconds), 0.95):F0} | {first.Findings} |");
        foreach ((string name, TimeSpan time) in editor.Times.OrderByDescending(static entry => entry.Value).Where(static entry => entry.Value > TimeSpan.Zero))
            await Console.Error.WriteLineAsync($"{time.TotalMilliseconds / (edits + UncountedEdits + 1),8:F1} ms an edit in {name}").ConfigureAwait(false);
        return high;
    }
}
