using System.Diagnostics;
using System.Globalization;
using SecurityToolchain.Scanning.Caching;

namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>A scan in a process of its own, so that the peak of its memory is its own too.</summary>
internal static class ScanChild
{
    private const string Marker = "--child";

    /// <summary>One round: times, bytes and files.</summary>
    internal readonly record struct Round(double Wall, double Processor, long Bytes, long Files, int Findings);

    public static bool IsChild(string[] args) => args is [Marker, ..];

    /// <summary>Starts the child and returns its rounds and its peak of resident memory in bytes.</summary>
    public static (Round[] Rounds, long Peak) Start(string folder, int rounds, int threads, string? cache = null, bool verify = false)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ScanChild).Assembly.Location);
        foreach (string argument in (string[])[Marker, folder, rounds.ToString(CultureInfo.InvariantCulture), threads.ToString(CultureInfo.InvariantCulture), cache ?? "-", verify ? "verify" : "-"])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        var result = new List<Round>();
        long peak = 0;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            if (parts is ["round", ..])
                result.Add(new Round(Number(parts[1]), Number(parts[2]), (long)Number(parts[3]), (long)Number(parts[4]), (int)Number(parts[5])));
            else if (parts is ["peak", ..])
                peak = (long)Number(parts[1]);
        }

        process.WaitForExit();
        if (process.ExitCode != 0 || result.Count == 0)
            throw new InvalidOperationException($"The scan of '{folder}' failed with {process.ExitCode}.");
        return ([.. result], peak);
    }

    public static int Run(string[] args)
    {
        string folder = args[1];
        using DiskVerdictCache? cache = args[4] == "-" ? null : new DiskVerdictCache(args[4]);
        var options = new ScanOptions { Threads = int.Parse(args[3], CultureInfo.InvariantCulture), KeepMembers = false, RootDirectory = folder, Cache = cache, VerifyContent = args[5] == "verify" };
        for (int i = int.Parse(args[2], CultureInfo.InvariantCulture); i > 0; i--)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            ScanReport report = new ScanEngine(options).ScanAsync([folder]).GetAwaiter().GetResult();
            double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine($"round {wall} {(Environment.CpuUsage.TotalTime - before).TotalSeconds} {report.ByteCount} {report.FileCount} {report.Findings.Length}");
        }

        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        Console.WriteLine($"heap {memory.HeapSizeBytes >> 20} MiB, committed {memory.TotalCommittedBytes >> 20} MiB, allocated {GC.GetTotalAllocatedBytes() >> 20} MiB, collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}");
        Console.WriteLine($"peak {Process.GetCurrentProcess().PeakWorkingSet64}");
        return 0;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
