namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>The full scan of a tree: digest, entropy, type, secrets, binaries, IL rules, archives.</summary>
internal static class ScanBars
{
    public static void Run(BenchmarkSettings settings, BarTable table)
    {
        (ScanChild.Round[] rounds, long peak) = ScanChild.Start(settings.Folder, settings.Rounds + 1, threads: 2);
        double megabytes = rounds[0].Bytes * 1e-6, wall = rounds.Min(static r => r.Wall), processor = rounds.Min(static r => r.Processor);
        table.Note($"full scan: {rounds[0].Files} files, {megabytes:F0} MB, {rounds[0].Findings} findings; processor time", processor, "s");
        table.Note("full scan, 2 threads, by the clock on the wall", megabytes / wall, "MB/s");
        table.Note("full scan, first round of the process", megabytes / rounds[0].Processor * 2, "MB/s");
        table.Bar("full scan, 2 cores (from processor time)", megabytes / processor * 2, "MB/s", 150);
        table.Bar("full scan, peak of resident memory", peak / (double)(1 << 20), "MiB", 256, atLeast: false);
    }
}
