using System.Diagnostics;

namespace SecurityToolchain.Runtime.Benchmarks.Bars;

/// <summary>
/// Runs two pieces of work in turn, many short rounds of each, and takes the best of either: other work on the machine slows single rounds
/// down and speeds none up, and what warms up or throttles hits both alike.
/// </summary>
internal static class Rounds
{
    private const int Count = 25;

    /// <summary>Best processor time of each, in seconds a round: for work on one thread.</summary>
    public static (double Ours, double Peer) ProcessorTime(Action ours, Action peer) => Best(ours, peer, static () => Environment.CpuUsage.TotalTime.TotalSeconds, Count);

    /// <summary>Best elapsed time of each, in seconds a round: for work on several threads. Means something on a machine with idle processors only.</summary>
    public static (double Ours, double Peer) ElapsedTime(Action ours, Action peer) => Best(ours, peer, static () => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency, Count * 4);

    private static (double Ours, double Peer) Best(Action ours, Action peer, Func<double> clock, int rounds)
    {
        for (int i = 0; i < 3; i++)
        {
            ours();
            peer();
        }

        (double bestOurs, double bestPeer) = (double.MaxValue, double.MaxValue);
        for (int i = 0; i < rounds; i++)
        {
            bestOurs = Math.Min(bestOurs, Time(ours, clock));
            bestPeer = Math.Min(bestPeer, Time(peer, clock));
        }

        return (bestOurs, bestPeer);
    }

    private static double Time(Action work, Func<double> clock)
    {
        double start = clock();
        work();
        return clock() - start;
    }
}
