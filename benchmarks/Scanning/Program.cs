using System.Globalization;
using SecurityToolchain.Scanning.Benchmarks.Bars;

namespace SecurityToolchain.Scanning.Benchmarks;

/// <summary>
/// Measures the bars of the scanning engine, each beside what a user would take instead, in the same run. See docs/scanning-performance.md.
/// <code>dotnet run -c Release --project benchmarks/Scanning -- all|hash|headers|scan|strings|analyzers|secrets|cache|bombs [--folder DIRECTORY] [--text DIRECTORY] [--rounds N]</code>
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var settings = BenchmarkSettings.Parse(args);
        if (ScanChild.IsChild(args))
            return ScanChild.Run(args);
        var table = new BarTable(Console.Out);
        table.Header();
        foreach ((string name, Action<BenchmarkSettings, BarTable> run) in ((string, Action<BenchmarkSettings, BarTable>)[])[
            ("hash", HashBars.Run),
            ("headers", HeaderBars.Run),
            ("scan", ScanBars.Run),
            ("strings", ScanBars.RunStrings),
            ("analyzers", AnalyzerCosts.Run),
            ("secrets", SecretBars.Run),
            ("cache", CacheBars.Run),
            ("bombs", BombBars.Run),
        ])
        {
            if (settings.Wants(name))
                run(settings, table);
        }

        return table.Missed == 0 ? 0 : 1;
    }
}
