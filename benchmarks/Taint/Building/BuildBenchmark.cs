using SecurityToolchain.CompilationCost;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Taint.Benchmarks.Building;

/// <summary>What <c>dotnet build --no-incremental</c> of a solution costs with each product's analyzers beside the same build with none.</summary>
internal static class BuildBenchmark
{
    private const double Bar = 0.25;

    /// <returns>Whether the bar was reached.</returns>
    public static async Task<bool> RunAsync(Repository repository, int lines, int rounds)
    {
        AnalyzerSet ours = AnalyzerSet.Ours();
        AnalyzerSet[] sets = [AnalyzerSet.Nothing, ours, AnalyzerSet.Sonar(), AnalyzerSet.NetAnalyzers()];
        using var solution = new BuiltSolution();
        int written = solution.Write(repository, lines, sets);
        await solution.RestoreAsync().ConfigureAwait(false);
        var costs = sets.ToDictionary(static set => set, static _ => new List<double>());
        // The first build fills the caches of the file system.
        await solution.BuildAsync(AnalyzerSet.Nothing).ConfigureAwait(false);
        for (int round = 1; round <= rounds; round++)
        {
            foreach (AnalyzerSet set in sets)
            {
                double cpu = await solution.BuildAsync(set).ConfigureAwait(false);
                await Console.Error.WriteLineAsync($"round {round} of {rounds}: {set.Name}: {cpu:F1} CPU s").ConfigureAwait(false);
                costs[set].Add(cpu);
            }
        }

        double alone = Statistics.Median(costs[sets[0]]);
        Console.WriteLine($"dotnet build --no-incremental of {written:N0} lines, {rounds} rounds, medians");
        Console.WriteLine();
        Console.WriteLine("| analyzers | CPU s | added |");
        Console.WriteLine("|---|---:|---:|");
        foreach (AnalyzerSet set in sets)
        {
            double cpu = Statistics.Median(costs[set]);
            Console.WriteLine($"| {(set == sets[0] ? "none" : set.Name)} | {cpu:F1} | {(set == sets[0] ? "" : $"{cpu / alone - 1:+0 %;-0 %}")} |");
        }

        bool reached = Statistics.Median(costs[ours]) / alone - 1 <= Bar;
        Console.WriteLine();
        Console.WriteLine($"bar: {Bar:P0} more: {(reached ? "ok" : "MISSED")}");
        return reached;
    }
}
