using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SecurityToolchain.Scanning.Benchmarks;

/// <summary>Runs a program that a user would take instead, and measures it with the processor time of its process.</summary>
internal static partial class Peer
{
    private const int Children = -1;

    /// <summary>The full path of a program, or null when it is not installed; eng/install-test-tools.sh installs all of them.</summary>
    public static string? Find(string program)
    {
        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            string path = Path.Combine(directory, program);
            if (directory.Length > 0 && File.Exists(path))
                return path;
        }

        return null;
    }

    /// <summary>Runs a program several times.</summary>
    /// <param name="rounds">The number of runs; the best counts.</param>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Measurement Run(int rounds, string path, params string[] arguments)
    {
        var best = new Measurement(double.MaxValue, double.MaxValue);
        for (int i = 0; i < rounds; i++)
        {
            double before = ChildSeconds();
            long started = Stopwatch.GetTimestamp();
            using (Process process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!)
            {
                process.ErrorDataReceived += static (_, _) => { };
                process.BeginErrorReadLine();
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
            }

            best = best.Or(new Measurement(Stopwatch.GetElapsedTime(started).TotalSeconds, ChildSeconds() - before));
        }

        return best;
    }

    private static double ChildSeconds()
    {
        Span<long> usage = stackalloc long[18];
        if (!OperatingSystem.IsLinux() || GetResourceUsage(Children, ref MemoryMarshal.GetReference(usage)) != 0)
            return 0;
        // ru_utime and ru_stime, each seconds and microseconds.
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, ref long usage);
}
