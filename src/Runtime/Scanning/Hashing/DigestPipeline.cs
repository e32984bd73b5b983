using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>
/// Several digests and the entropy in one sequential read. The blocks lie in a ring; every algorithm goes through them in its own order,
/// and each thread takes the algorithm that is furthest behind, or reads the next block. So the work is shared evenly whatever the
/// algorithms cost on the machine. Serves one content at a time.
/// </summary>
/// <remarks>
/// <code>
/// ring     [ 12 ][ 13 ][ 14 ][ 11 ]      block 15 is read when nobody needs block 11 any more
/// MD5         ^                          next: 12, a thread works on it
/// SHA-256           ^                    next: 13, free: the next thread that comes takes it
/// </code>
/// </remarks>
public sealed class DigestPipeline : IDisposable
{
    /// <summary>The size of a block in bytes: small enough for the second level cache, large enough that sharing costs nothing measurable.</summary>
    public const int BlockSize = 256 << 10;

    private const int RingLength = 8;

    private readonly Lane[] _lanes;
    private readonly DigestSet[] _sets;
    private readonly EntropyCounter? _entropy;
    private readonly int _threads;
    private readonly Lock _entry = new();

    /// <summary>Creates a pipeline.</summary>
    /// <param name="algorithms">The algorithms.</param>
    /// <param name="withEntropy">Whether to compute the entropy in the same read.</param>
    /// <param name="threads">The largest number of threads, the caller's included; 0 takes one for each processor.</param>
    public DigestPipeline(DigestAlgorithms algorithms, bool withEntropy = false, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var sets = new List<DigestSet>();
        var lanes = new List<Lane>();
        foreach (DigestAlgorithms algorithm in DigestAlgorithmFacts.All)
        {
            if (!algorithms.HasFlag(algorithm))
                continue;
            var set = new DigestSet(algorithm);
            sets.Add(set);
            lanes.Add(new Lane(set));
        }

        if (withEntropy)
            lanes.Add(new Lane(_entropy = new EntropyCounter()));
        _sets = [.. sets];
        _lanes = [.. lanes];
        _threads = Math.Min(threads == 0 ? Environment.ProcessorCount : threads, Math.Max(1, lanes.Count));
    }

    /// <summary>Reads the next bytes.</summary>
    /// <param name="block">Where they go.</param>
    /// <param name="offset">The offset of the first byte in the content.</param>
    /// <returns>The number of bytes; 0 ends the content.</returns>
    public delegate int ReadBlock(Memory<byte> block, long offset);

    /// <summary>The entropy in bits per byte; 0 when it was not asked for.</summary>
    public double Entropy => _entropy?.Entropy() ?? 0;

    /// <summary>Reads a content to its end.</summary>
    /// <param name="read">Reads a block; called by one thread at a time, in the order of offsets. What it throws, this method throws.</param>
    /// <param name="expectedLength">The expected length in bytes; decides whether further threads pay.</param>
    /// <returns>The number of bytes that were read.</returns>
    public long Run(ReadBlock read, long expectedLength)
    {
        ArgumentNullException.ThrowIfNull(read);
        bool parallel = _threads > 1 && _lanes.Length > 1 && expectedLength >= RingLength * BlockSize;
        lock (_entry)
            return parallel ? RunShared(read) : RunAlone(read);
    }

    /// <summary>The digests in the order of <see cref="DigestAlgorithmFacts.All"/>; the pipeline starts again.</summary>
    public ImmutableArray<Digest> Finish() => [.. _sets.SelectMany(static set => set.Finish())];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DigestSet set in _sets)
            set.Dispose();
    }

    private long RunAlone(ReadBlock read)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            long length = 0;
            int count;
            while ((count = read(buffer.AsMemory(0, BlockSize), length)) > 0)
            {
                foreach (Lane lane in _lanes)
                    lane.Consumer.Append(buffer.AsSpan(0, count));
                length += count;
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private long RunShared(ReadBlock read)
    {
        var ring = new Ring(_lanes, read);
        var helpers = new Task[_threads - 1];
        for (int i = 0; i < helpers.Length; i++)
            helpers[i] = Task.Run(ring.Work);
        ring.Work();
        // A helper touches the buffers until it has left its last block.
        Task.WaitAll(helpers);
        ring.Return();
        ring.Failure?.Throw();
        return ring.Length;
    }

    // One algorithm and the number of the block that it needs next.
    private sealed class Lane(IContentConsumer consumer)
    {
        public IContentConsumer Consumer { get; } = consumer;

        public long Next { get; set; }

        public bool Busy { get; set; }
    }

    private sealed class Ring
    {
        private readonly object _gate = new();
        private readonly Lane[] _lanes;
        private readonly ReadBlock _read;
        private readonly byte[][] _blocks = new byte[RingLength][];
        private readonly int[] _counts = new int[RingLength];
        private long _produced;
        private bool _reading, _ended;

        public Ring(Lane[] lanes, ReadBlock read)
        {
            _lanes = lanes;
            _read = read;
            foreach (Lane lane in lanes)
                (lane.Next, lane.Busy) = (0, false);
            for (int i = 0; i < _blocks.Length; i++)
                _blocks[i] = ArrayPool<byte>.Shared.Rent(BlockSize);
        }

        public long Length { get; private set; }

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Return()
        {
            foreach (byte[] block in _blocks)
                ArrayPool<byte>.Shared.Return(block);
        }

        public void Work()
        {
            Monitor.Enter(_gate);
            try
            {
                while (Failure is null)
                {
                    if (Furthest(out long slowest) is { } lane && !(MayRead(slowest) && _produced - lane.Next <= 1))
                        Consume(lane);
                    else if (MayRead(slowest))
                        Read();
                    else if (_ended && slowest == _produced)
                        break;
                    else
                        Monitor.Wait(_gate);
                }
            }
            finally
            {
                Monitor.PulseAll(_gate);
                Monitor.Exit(_gate);
            }
        }

        private bool MayRead(long slowest) => !_reading && !_ended && _produced - slowest < RingLength;

        private Lane? Furthest(out long slowest)
        {
            Lane? found = null;
            slowest = _produced;
            foreach (Lane lane in _lanes)
            {
                slowest = Math.Min(slowest, lane.Next);
                if (!lane.Busy && lane.Next < _produced && (found is null || lane.Next < found.Next))
                    found = lane;
            }

            return found;
        }

        private void Consume(Lane lane)
        {
            int slot = (int)(lane.Next % RingLength);
            lane.Busy = true;
            Unlocked(() => lane.Consumer.Append(_blocks[slot].AsSpan(0, _counts[slot])));
            lane.Busy = false;
            lane.Next++;
            Monitor.PulseAll(_gate);
        }

        private void Read()
        {
            int slot = (int)(_produced % RingLength), count = 0;
            long offset = Length;
            _reading = true;
            Unlocked(() => count = _read(_blocks[slot].AsMemory(0, BlockSize), offset));
            _reading = false;
            _counts[slot] = count;
            Length += count;
            if (count == 0)
                _ended = true;
            else
                _produced++;
            Monitor.PulseAll(_gate);
        }

        private void Unlocked(Action action)
        {
            Monitor.Exit(_gate);
            try
            {
                action();
            }
#pragma warning disable CA1031 // The failure of any thread ends the work of all and is thrown by the one that was called.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Failure ??= ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                Monitor.Enter(_gate);
            }
        }
    }
}
