using System.Diagnostics;
using System.Globalization;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Caching;
using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Scanning.Benchmarks;

/// <summary>
/// Measures the bars of the scanning engine and prints each beside what a user would take instead, in the same run.
/// Arguments: a folder to scan; the default is the folder of the .NET SDK. Takes about half a minute on an idle machine.
/// </summary>
internal static class Program
{
    private const int Megabyte = 1_000_000;
    private const int HashedLength = 256 << 20;

    private static async Task<int> Main(string[] args)
    {
        string folder = args.Length > 0 ? args[0] : Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))))! + "/sdk";
        MeasureHashing();
        MeasureHeaders(folder);
        await MeasureScan(folder);
        return 0;
    }

    private static void MeasureHashing()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < block.Length; i++)
            block[i] = unchecked((byte)(i * 31 ^ (i >> 7)));
        using (FileStream stream = File.Create(path))
        {
            for (int i = 0; i < HashedLength / block.Length; i++)
                stream.Write(block);
        }

        try
        {
            var verifier = new DigestVerifier();
            Report("SHA-256 of one file", Best(() => verifier.Compute(path, DigestAlgorithms.Sha256)), HashedLength);
            Report("  openssl dgst -sha256", Best(() => Run("openssl", "dgst", "-sha256", path)), HashedLength);
            Report("BLAKE3 of one file", Best(() => verifier.Compute(path, DigestAlgorithms.Blake3)), HashedLength);
            Report("MD5, SHA-256, SHA-512, BLAKE3 and entropy in one read", Best(() => FourDigests(path)), HashedLength);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void FourDigests(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var digests = new ParallelDigestSet(DigestAlgorithms.Md5 | DigestAlgorithms.Sha256 | DigestAlgorithms.Sha512 | DigestAlgorithms.Blake3, stream.Length, withEntropy: true);
        byte[] buffer = new byte[ParallelDigestSet.PreferredBlockSize];
        int read;
        while ((read = stream.Read(buffer)) > 0)
            digests.Append(buffer.AsSpan(0, read));
        digests.Finish();
    }

    private static void MeasureHeaders(string folder)
    {
        byte[][] files = [.. Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories).Take(500).Select(File.ReadAllBytes)];
        double seconds = Best(() =>
        {
            foreach (byte[] file in files)
                PeParser.TryParse(file, ScanLimits.Default, out _, out _);
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"PE headers, tables and import hash",-56} {files.Length / seconds,10:F0} files/s"));
    }

    private static async Task MeasureScan(string folder)
    {
        string cacheFolder = Directory.CreateTempSubdirectory("stc-bench-").FullName;
        try
        {
            using var cache = new DiskVerdictCache(cacheFolder);
            foreach ((string name, ScanOptions options) in ((string, ScanOptions)[])[
                ("full scan, 2 threads", new ScanOptions { Threads = 2, KeepMembers = false }),
                ("full scan, cold cache", new ScanOptions { Threads = 2, KeepMembers = false, Cache = cache }),
                ("full scan, warm cache", new ScanOptions { Threads = 2, KeepMembers = false, Cache = cache }),
            ])
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                long started = Stopwatch.GetTimestamp();
                ScanReport report = await new ScanEngine(options).ScanAsync([folder]);
                double wall = Stopwatch.GetElapsedTime(started).TotalSeconds, cpu = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
                Report(string.Create(CultureInfo.InvariantCulture, $"{name} ({report.FileCount} files, {cpu:F2} s of processor time)"), wall, report.ByteCount);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"peak working set",-56} {Process.GetCurrentProcess().PeakWorkingSet64 >> 20,10} MiB"));
        }
        finally
        {
            Directory.Delete(cacheFolder, recursive: true);
        }
    }

    private static double Best(Action action)
    {
        double best = double.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long started = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process? process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true });
        process?.StandardOutput.ReadToEnd();
        process?.WaitForExit();
    }

    private static void Report(string name, double seconds, long bytes) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-56} {bytes / seconds / Megabyte,10:F0} MB/s"));
}
