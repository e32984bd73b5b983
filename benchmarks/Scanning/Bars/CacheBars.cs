namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>The second scan of an unchanged tree, each scan in a process of its own.</summary>
internal static class CacheBars
{
    public static void Run(BenchmarkSettings settings, BarTable table)
    {
        string cache = Directory.CreateTempSubdirectory("stc-cache-").FullName;
        try
        {
            ScanChild.Round plain = Best(ScanChild.Start(settings.Folder, settings.Rounds, threads: 2).Rounds);
            ScanChild.Round first = ScanChild.Start(settings.Folder, 1, threads: 2, cache).Rounds[0];
            (ScanChild.Round[] again, _) = ScanChild.Start(settings.Folder, settings.Rounds + 2, threads: 2, cache);
            ScanChild.Round second = again[0], warm = Best(again);
            ScanChild.Round verified = Best(ScanChild.Start(settings.Folder, settings.Rounds, threads: 2, cache, verify: true).Rounds);
            table.Note("first scan, fills the cache, new process", first.Processor, "s");
            table.Note("second scan, new process", second.Processor, "s");
            table.Note("scan without cache, best round of a process", plain.Processor, "s");
            table.Note("second scan, best round of a process", warm.Processor, "s");
            table.Note("second scan that reads and hashes every file", verified.Processor, "s");
            table.Note("first / second, new processes", first.Processor / second.Processor, "x");
            table.Note("without cache / with --verify-content", plain.Processor / verified.Processor, "x");
            table.Bar("scan of the unchanged tree: without / with cache", plain.Processor / warm.Processor, "x", 20);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private static ScanChild.Round Best(ScanChild.Round[] rounds) =>
        rounds[0] with { Wall = rounds.Min(static r => r.Wall), Processor = rounds.Min(static r => r.Processor) };
}
