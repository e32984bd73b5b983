using System.Collections.Concurrent;
using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>
/// Keeps digest objects for the next file: making one looks its algorithm up in the platform's library, which costs more than hashing a
/// small file. Thread-safe.
/// </summary>
internal static class DigestSetPool
{
    private const int MaxKept = 64;

    private static readonly ConcurrentDictionary<DigestAlgorithms, ConcurrentBag<DigestSet>> Sets = new();

    public static DigestSet Rent(DigestAlgorithms algorithms) =>
        Sets.TryGetValue(algorithms, out ConcurrentBag<DigestSet>? bag) && bag.TryTake(out DigestSet? set) ? set : new DigestSet(algorithms);

    /// <summary>Takes a set back that has been finished, and so starts again.</summary>
    public static void Return(DigestSet set)
    {
        ConcurrentBag<DigestSet> bag = Sets.GetOrAdd(set.Algorithms, static _ => []);
        if (bag.Count < MaxKept)
            bag.Add(set);
        else
            set.Dispose();
    }
}
