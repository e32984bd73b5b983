using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>What each analyzer costs over the tree: scans with one analyzer each, less the scan with none.</summary>
internal static class AnalyzerCosts
{
    public static void Run(BenchmarkSettings settings, BarTable table)
    {
        double nothing = Cost(settings, []);
        table.Note("no analyzer: open, read, SHA-256, entropy, type", nothing, "s");
        foreach (IContentAnalyzer analyzer in DefaultAnalyzers.Create())
            table.Note(analyzer.Name, Cost(settings, [analyzer]) - nothing, "s");
        table.Note("all", Cost(settings, DefaultAnalyzers.Create()), "s");
    }

    private static double Cost(BenchmarkSettings settings, System.Collections.Immutable.ImmutableArray<IContentAnalyzer> analyzers)
    {
        var engine = new ScanEngine(new ScanOptions { Threads = 1, KeepMembers = false, RootDirectory = settings.Folder, Analyzers = analyzers });
        return Measurement.Best(settings.Rounds, () => engine.ScanAsync([settings.Folder]).GetAwaiter().GetResult()).Processor;
    }
}
