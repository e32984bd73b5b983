using System.Globalization;
using System.Threading.RateLimiting;
using SecurityToolchain.AspNetCore.RateLimiting;

namespace SecurityToolchain.Runtime.Benchmarks.Bars;

/// <summary>A million clients, each once, against the framework's limiter with a partition for each client. Bar: memory stays flat.</summary>
internal static class RateLimiterBar
{
    private const int Clients = 1_000_000;
    private const long Bar = 8L << 20;

    public static BarResult Measure()
    {
        using var ours = new ClientRateLimiter(new ClientRateLimitOptions());
        (long oursBytes, double oursSeconds) = Run(ours);
        using PartitionedRateLimiter<string> peer = PartitionedRateLimiter.Create<string, string>(static id => RateLimitPartition.GetSlidingWindowLimiter(
            id, static _ => new SlidingWindowRateLimiterOptions { PermitLimit = 600, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 2, AutoReplenishment = false }));
        (long peerBytes, double peerSeconds) = Run(peer);
        return new BarResult(
            "rate limiter after 1,000,000 client ids",
            string.Create(CultureInfo.InvariantCulture, $"{oursBytes / 1048576.0:F1} MiB held; {Clients / oursSeconds:N0} decisions/s per core"),
            string.Create(CultureInfo.InvariantCulture, $"{peerBytes / 1048576.0:F1} MiB held; {Clients / peerSeconds:N0} decisions/s per core (SlidingWindowRateLimiter for each id)"),
            string.Create(CultureInfo.InvariantCulture, $"{(double)oursBytes / peerBytes:P1} of the memory, {peerSeconds / oursSeconds:F1}x the speed"),
            "at most 8 MiB, whatever the number of ids",
            oursBytes <= Bar);
    }

    private static (long Bytes, double Seconds) Run(PartitionedRateLimiter<string> limiter)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        double start = Environment.CpuUsage.TotalTime.TotalSeconds;
        for (int i = 0; i < Clients; i++)
            limiter.AttemptAcquire(i.ToString("x8", CultureInfo.InvariantCulture)).Dispose();
        double seconds = Environment.CpuUsage.TotalTime.TotalSeconds - start;
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(limiter);
        return (held, seconds);
    }
}
