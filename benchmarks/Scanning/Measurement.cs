using System.Diagnostics;

namespace SecurityToolchain.Scanning.Benchmarks;

/// <summary>Times of one piece of work in seconds: on the wall, and of processors. On a machine with other work the second one is the steadier.</summary>
/// <param name="Wall">Seconds on the wall.</param>
/// <param name="Processor">Seconds of processors, user and system, all threads.</param>
internal readonly record struct Measurement(double Wall, double Processor)
{
    /// <summary>The best wall time and the best processor time of several rounds.</summary>
    public static Measurement Best(int rounds, Action action)
    {
        var best = new Measurement(double.MaxValue, double.MaxValue);
        for (int i = 0; i < rounds; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            action();
            double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
            best = best.Or(new Measurement(wall, (Environment.CpuUsage.TotalTime - before).TotalSeconds));
        }

        return best;
    }

    /// <summary>The smaller of each.</summary>
    public Measurement Or(Measurement other) => new(Math.Min(Wall, other.Wall), Math.Min(Processor, other.Processor));
}
