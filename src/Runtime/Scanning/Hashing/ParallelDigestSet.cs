using System.Collections.Immutable;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>
/// Several digests in one pass over a large file, spread over two threads: while this thread works on a block for its half of the
/// algorithms, a second one works on the same block for the other half. Small files and single processors use one thread.
/// </summary>
public sealed class ParallelDigestSet : IDisposable
{
    /// <summary>The block size in bytes at which handing over costs nothing measurable.</summary>
    public const int PreferredBlockSize = 1 << 20;

    private const long MinParallelLength = 8L << 20;

    // Nanoseconds per kilobyte on x86-64 with SHA extensions; only the ratio matters.
    private static readonly (DigestAlgorithms Algorithm, int Cost)[] Costs =
    [
        (DigestAlgorithms.Sha3Bits512, 4000),
        (DigestAlgorithms.Sha3Bits384, 2800),
        (DigestAlgorithms.Sha3Bits256, 2200),
        (DigestAlgorithms.Md5, 1500),
        (DigestAlgorithms.Sha512, 1300),
        (DigestAlgorithms.Sha384, 1300),
        (DigestAlgorithms.Sha1, 600),
        (DigestAlgorithms.Sha256, 550),
        (DigestAlgorithms.Blake3, 350),
    ];

    private readonly DigestSet _here;
    private readonly DigestSet? _there;
    private readonly DigestAlgorithms _algorithms;
    private readonly EntropyCounter? _entropy;

    /// <summary>Creates the set.</summary>
    /// <param name="algorithms">The algorithms.</param>
    /// <param name="expectedLength">The length of the content in bytes; decides whether a second thread pays.</param>
    /// <param name="withEntropy">Whether to compute the entropy in the same pass.</param>
    public ParallelDigestSet(DigestAlgorithms algorithms, long expectedLength, bool withEntropy = false)
    {
        _algorithms = algorithms;
        _entropy = withEntropy ? new EntropyCounter() : null;
        DigestAlgorithms here = DigestAlgorithms.None, there = DigestAlgorithms.None;
        int hereCost = withEntropy ? 450 : 0, thereCost = 0;
        foreach ((DigestAlgorithms algorithm, int cost) in Costs)
        {
            if (!algorithms.HasFlag(algorithm))
                continue;
            if (hereCost <= thereCost)
            {
                here |= algorithm;
                hereCost += cost;
            }
            else
            {
                there |= algorithm;
                thereCost += cost;
            }
        }

        bool parallel = there != DigestAlgorithms.None && expectedLength >= MinParallelLength && Environment.ProcessorCount > 1;
        _here = new DigestSet(parallel ? here : algorithms);
        _there = parallel ? new DigestSet(there) : null;
    }

    /// <summary>The entropy in bits per byte; 0 when it was not asked for.</summary>
    public double Entropy => _entropy?.Entropy() ?? 0;

    /// <summary>Takes the next block.</summary>
    /// <param name="block">The bytes; free again when the call returns.</param>
    public unsafe void Append(ReadOnlySpan<byte> block)
    {
        if (_there is null || block.Length < 64 << 10)
        {
            _here.Append(block);
            _there?.Append(block);
            _entropy?.Append(block);
            return;
        }

        fixed (byte* start = block)
        {
            nint address = (nint)start;
            int length = block.Length;
            DigestSet there = _there;
            // The caller waits inside this method, so the memory stays pinned for as long as the task runs.
            Task task = Task.Run(() => there.Append(new ReadOnlySpan<byte>((void*)address, length)));
            try
            {
                _here.Append(block);
                _entropy?.Append(block);
            }
            finally
            {
                task.GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>The digests in the order of <see cref="DigestAlgorithmFacts.All"/>.</summary>
    public ImmutableArray<Digest> Finish()
    {
        List<Digest> digests = [.. _here.Finish()];
        if (_there is not null)
            digests.AddRange(_there.Finish());
        digests.Sort(static (x, y) => x.Algorithm.CompareTo(y.Algorithm));
        return [.. digests];
    }

    /// <inheritdoc/>
    public override string ToString() => _algorithms.ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        _here.Dispose();
        _there?.Dispose();
    }
}
