using System.Globalization;
using SecurityToolchain.CompilationCost;
using SecurityToolchain.Tooling;

// usage: dotnet run -c Release --project benchmarks/CompilationCost -- [lines per corpus, default 50000] [rounds, default 5] [web | libraries, default both]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int lines = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50_000;
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;

Repository repository = Repository.Find();
AnalyzerSet ours = AnalyzerSet.Ours(), sonar = AnalyzerSet.Sonar(), netAnalyzers = AnalyzerSet.NetAnalyzers();
AnalyzerSet[] sets = [AnalyzerSet.Nothing, ours, sonar, netAnalyzers];
var measurement = new Measurement(sets);

Console.WriteLine($"{Environment.ProcessorCount} cores, {rounds} rounds, medians; added = with the analyzers minus the compiler alone, per 100,000 lines");
string wanted = args.Length > 2 ? args[2] : "";
foreach ((string name, Func<Repository, int, Corpus> make) in new (string, Func<Repository, int, Corpus>)[] { ("web", Corpus.WebShops), ("libraries", Corpus.Libraries) })
{
    if (wanted.Length > 0 && wanted != name)
        continue;
    Corpus corpus = make(repository, lines);
    IReadOnlyDictionary<AnalyzerSet, Cost> costs = await measurement.RunAsync(corpus, rounds, Console.Error.WriteLine).ConfigureAwait(false);
    Cost alone = costs[AnalyzerSet.Nothing];
    double scale = 100_000.0 / corpus.Lines;
    double sonarCpu = costs[sonar].CpuSeconds - alone.CpuSeconds;

    Console.WriteLine();
    Console.WriteLine($"{corpus.Name}: {corpus.Lines:N0} lines; compiler alone {alone.CpuSeconds * scale:F2} CPU s and {alone.AllocatedBytes * scale / 1e6:N0} MB per 100,000 lines");
    Console.WriteLine("| analyzers | added CPU s | added wall s | added MB | findings | CPU relative to SonarAnalyzer.CSharp |");
    Console.WriteLine("|---|---:|---:|---:|---:|---:|");
    foreach (AnalyzerSet set in sets.Skip(1))
    {
        Cost cost = costs[set];
        double cpu = cost.CpuSeconds - alone.CpuSeconds;
        Console.WriteLine($"| {set.Name} | {cpu * scale:F2} | {(cost.WallSeconds - alone.WallSeconds) * scale:F2} | {(cost.AllocatedBytes - alone.AllocatedBytes) * scale / 1e6:N0} | {cost.Findings} | {cpu / sonarCpu:P0} |");
    }
}
