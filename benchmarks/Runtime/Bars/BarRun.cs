using System.Globalization;

namespace SecurityToolchain.Runtime.Benchmarks.Bars;

/// <summary>Measures all bars and prints them as a table.</summary>
internal static class BarRun
{
    public static int Run()
    {
        string load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "not known";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, load average {load}"));
        Func<BarResult>[] bars = [TokenCacheBar.Measure, EnvelopeBar.Measure, BatchBar.Measure, RateLimiterBar.Measure, SecurityHeadersBar.Measure];
        bool all = true;
        foreach (Func<BarResult> bar in bars)
        {
            BarResult result = bar();
            all &= result.Holds;
            Console.WriteLine($"{(result.Holds ? "holds" : "MISSED")}  {result.Name}");
            Console.WriteLine($"        ours  {result.Ours}");
            Console.WriteLine($"        peer  {result.Peer}");
            Console.WriteLine($"        ratio {result.Ratio}; bar: {result.Bar}");
        }

        return all ? 0 : 1;
    }
}
