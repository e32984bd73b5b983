using System.Globalization;
using System.Text.Json;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.Taint.Benchmarks.Scaling;

/// <summary>How the cost of the analyzers grows with the size of a project. Every run has a process of its own, so that its peak memory is its own.</summary>
internal static class ScaleBenchmark
{
    private const double AllocationBar = 2;
    private const double PeakBar = 1.15;
    // The largest project may cost this much more a line than the smallest.
    private const double GrowthBar = 1.3;

    /// <returns>Whether every bar was reached.</returns>
    public static async Task<bool> RunAsync(string corpus, IReadOnlyList<int> sizes)
    {
        Console.WriteLine("| corpus | lines | added CPU s | added CPU s per 100,000 lines | compiler alone CPU s | allocated MB, alone and with | ratio | peak MB, alone and with | ratio |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        var perLine = new List<double>();
        bool reached = true;
        foreach (int size in sizes)
        {
            ScaleCost alone = await ChildAsync(corpus, size, ScaleRun.Nothing).ConfigureAwait(false);
            ScaleCost with = await ChildAsync(corpus, size, ScaleRun.Ours).ConfigureAwait(false);
            double added = with.CpuSeconds - alone.CpuSeconds;
            double allocation = (double)with.AllocatedBytes / alone.AllocatedBytes;
            double peak = (double)with.PeakBytes / alone.PeakBytes;
            perLine.Add(added / with.Lines);
            reached &= allocation <= AllocationBar && peak <= PeakBar;
            Console.WriteLine(
                $"| {corpus} | {with.Lines:N0} | {added:F1} | {added / with.Lines * 1e5:F2} | {alone.CpuSeconds:F1} | {alone.AllocatedBytes / 1e6:N0}, {with.AllocatedBytes / 1e6:N0} | {allocation:F2} "
                + $"| {alone.PeakBytes / 1e6:N0}, {with.PeakBytes / 1e6:N0} | {peak:F2} |");
        }

        double growth = perLine[^1] / perLine[0];
        reached &= growth <= GrowthBar;
        Console.WriteLine();
        Console.WriteLine($"a line of the largest project costs {growth:F2} times a line of the smallest; bars: {GrowthBar}, allocations {AllocationBar}, peak {PeakBar}: {(reached ? "ok" : "MISSED")}");
        return reached;
    }

    private static async Task<ScaleCost> ChildAsync(string corpus, int size, string set)
    {
        var command = Command.Dotnet(typeof(ScaleBenchmark).Assembly.Location, ScaleRun.Mode, corpus, size.ToString(CultureInfo.InvariantCulture), set);
        CommandResult result = await command.RunAsync().ConfigureAwait(false);
        if (!result.Succeeded)
            throw new InvalidOperationException($"The run over {size} lines with {set} ended with {result.ExitCode}:\n{result.Output}");
        string line = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
        return JsonSerializer.Deserialize<ScaleCost>(line) ?? throw new InvalidOperationException($"The run over {size} lines with {set} printed no cost.");
    }
}
