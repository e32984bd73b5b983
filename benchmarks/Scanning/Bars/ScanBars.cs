using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>The full scan of a tree: digest, entropy, type, secrets, binaries, IL rules, archives.</summary>
internal static class ScanBars
{
    public static void Run(BenchmarkSettings settings, BarTable table)
    {
        (ScanChild.Round[] rounds, long peakOfAll) = ScanChild.Start(settings.Folder, settings.Rounds + 1, threads: 2);
        // A run of the tool scans a tree once.
        (_, long peak) = ScanChild.Start(settings.Folder, 1, threads: 2);
        double megabytes = rounds[0].Bytes * 1e-6, wall = rounds.Min(static r => r.Wall), processor = rounds.Min(static r => r.Processor);
        table.Note($"full scan: {rounds[0].Files} files, {megabytes:F0} MB, {rounds[0].Findings} findings; processor time", processor, "s");
        table.Note("full scan, 2 threads, by the clock on the wall", megabytes / wall, "MB/s");
        table.Note("full scan, first round of the process", megabytes / rounds[0].Processor * 2, "MB/s");
        table.Bar("full scan, 2 cores (from processor time)", megabytes / processor * 2, "MB/s", 150);
        double strings = StringSeconds(settings, out long found);
        table.Note($"strings of every file ({found:N0} kept), one core", megabytes / strings, "MB/s");
        table.Note("full scan, and sectool strings of every file, 2 cores", megabytes / (processor + strings) * 2, "MB/s");
        table.Bar("full scan, peak of resident memory", peak / (double)(1 << 20), "MiB", 256, atLeast: false);
        table.Note($"peak after {rounds.Length} scans in one process", peakOfAll / (double)(1 << 20), "MiB");
    }

    public static void RunStrings(BenchmarkSettings settings, BarTable table)
    {
        double seconds = StringSeconds(settings, out long found);
        table.Note($"strings of every file, {found:N0} kept", seconds, "s");
    }

    // Every string of a file is found, categorised and redacted; nothing is kept for the next file.
    private static double StringSeconds(BenchmarkSettings settings, out long found)
    {
        string[] files = [.. Directory.EnumerateFiles(settings.Folder, "*", SearchOption.AllDirectories)];
        long count = 0;
        Measurement best = Measurement.Best(settings.Rounds, () =>
        {
            count = 0;
            byte[] block = new byte[64 << 10];
            foreach (string file in files)
            {
                var extractor = new StringExtractor(maxStrings: 10_000_000, maxLength: 1024);
                using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(file);
                long offset = 0;
                int read;
                while ((read = RandomAccess.Read(handle, block, offset)) > 0)
                {
                    extractor.Append(block.AsSpan(0, read));
                    offset += read;
                }

                count += extractor.Finish().Length;
            }
        });
        found = count;
        return best.Processor;
    }
}
