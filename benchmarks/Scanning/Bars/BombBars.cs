using SecurityToolchain.Scanning.Tests.Archives;

namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>Every kind of bomb: time, bytes that came out before it was refused, and memory.</summary>
internal static class BombBars
{
    private const double Mebibyte = 1 << 20;

    public static void Run(BenchmarkSettings settings, BarTable table)
    {
        double slowest = 0, inflated = 0, held = 0, allocated = 0;
        foreach ((string kind, Func<(string Name, byte[] Content)> make) in Bombs.Kinds)
        {
            (string name, byte[] content) = make();
            var engine = new ScanEngine(new ScanOptions { KeepMembers = false, Limits = Bombs.LimitsFor(kind) });
            FileScanResult? result = null;
            long before = 0;
            Measurement measured = Measurement.Best(2, () =>
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                result = engine.ScanBytes(name, content);
                before = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            if (result!.Verdict == ScanVerdict.Clean || result.Issues.IsEmpty)
                throw new InvalidOperationException($"The bomb '{kind}' passed.");
            slowest = Math.Max(slowest, measured.Processor);
            inflated = Math.Max(inflated, result.Work["reading"] - content.Length);
            held = Math.Max(held, result.PeakMemory);
            allocated = Math.Max(allocated, before);
        }

        table.Bar($"bombs of {Bombs.Kinds.Count} kinds, each refused: the slowest", slowest, "s", 1, atLeast: false);
        table.Bar("bombs: most bytes that came out", inflated / Mebibyte, "MiB", 64, atLeast: false);
        table.Bar("bombs: most bytes in buffers", held / Mebibyte, "MiB", 64, atLeast: false);
        table.Bar("bombs: most bytes allocated", allocated / Mebibyte, "MiB", 64, atLeast: false);
    }
}
