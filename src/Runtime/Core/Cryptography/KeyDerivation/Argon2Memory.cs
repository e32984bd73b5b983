using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// The matrix of blocks of one Argon2id computation (RFC 9106, section 3.2 to 3.4): lanes of equal length, each cut into four segments.
/// Segments of one slice depend on earlier slices only, so the lanes of a slice are filled at the same time. Wiped by <see cref="Dispose"/>.
/// </summary>
internal sealed class Argon2Memory : IDisposable
{
    private const int SlicesPerPass = 4;
    private const int WordsPerBlock = Argon2Block.WordCount;

    private readonly ulong[] _words;
    private readonly int _lanes;
    private readonly int _laneLength;
    private readonly int _segmentLength;
    private readonly int _iterations;

    public Argon2Memory(Argon2Parameters parameters)
    {
        _lanes = parameters.Parallelism;
        _iterations = parameters.Iterations;
        _segmentLength = parameters.MemoryInKibibytes / (SlicesPerPass * _lanes);
        _laneLength = _segmentLength * SlicesPerPass;
        _words = GC.AllocateUninitializedArray<ulong>(checked(_lanes * _laneLength * WordsPerBlock));
    }

    /// <param name="seed">H0, followed by 8 bytes that this method overwrites.</param>
    public void FillFirstBlocks(Span<byte> seed)
    {
        Span<byte> bytes = stackalloc byte[WordsPerBlock * sizeof(ulong)];
        for (int lane = 0; lane < _lanes; lane++)
        {
            for (int column = 0; column < 2; column++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(seed[^8..], column);
                BinaryPrimitives.WriteInt32LittleEndian(seed[^4..], lane);
                Argon2id.LongHash(seed, bytes);
                Span<ulong> block = Block(lane, column);
                for (int i = 0; i < block.Length; i++)
                    block[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
            }
        }

        CryptographicOperations.ZeroMemory(bytes);
    }

    public void FillRemaining()
    {
        for (int pass = 0; pass < _iterations; pass++)
        {
            for (int slice = 0; slice < SlicesPerPass; slice++)
            {
                if (_lanes == 1)
                {
                    FillSegment(pass, slice, lane: 0);
                    continue;
                }

                (int currentPass, int currentSlice) = (pass, slice);
                Parallel.For(0, _lanes, lane => FillSegment(currentPass, currentSlice, lane));
            }
        }
    }

    public void Finish(Span<byte> destination)
    {
        Span<ulong> last = stackalloc ulong[WordsPerBlock];
        Block(0, _laneLength - 1).CopyTo(last);
        for (int lane = 1; lane < _lanes; lane++)
            Argon2Block.Xor(last, Block(lane, _laneLength - 1));
        Span<byte> bytes = stackalloc byte[WordsPerBlock * sizeof(ulong)];
        for (int i = 0; i < last.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(i * sizeof(ulong))..], last[i]);
        Argon2id.LongHash(bytes, destination);
        CryptographicOperations.ZeroMemory(bytes);
        last.Clear();
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_words.AsSpan()));

    private Span<ulong> Block(int lane, int column) => _words.AsSpan(((lane * _laneLength) + column) * WordsPerBlock, WordsPerBlock);

    private void FillSegment(int pass, int slice, int lane)
    {
        // The first half of the first pass chooses its references from a counter, the rest from the data (that is the "id" of Argon2id).
        bool independent = pass == 0 && slice < SlicesPerPass / 2;
        Span<ulong> addresses = stackalloc ulong[WordsPerBlock];
        Span<ulong> input = stackalloc ulong[WordsPerBlock];
        if (independent)
        {
            input.Clear();
            input[0] = (ulong)pass;
            input[1] = (ulong)lane;
            input[2] = (ulong)slice;
            input[3] = (ulong)(_lanes * _laneLength);
            input[4] = (ulong)_iterations;
            input[5] = 2;
        }

        for (int index = pass == 0 && slice == 0 ? 2 : 0; index < _segmentLength; index++)
        {
            if (independent && (index % WordsPerBlock == 0 || (index == 2 && slice == 0)))
                Argon2Block.NextAddresses(input, addresses);
            int column = (slice * _segmentLength) + index;
            ReadOnlySpan<ulong> previous = Block(lane, column == 0 ? _laneLength - 1 : column - 1);
            ulong pseudoRandom = independent ? addresses[index % WordsPerBlock] : previous[0];
            int referenceLane = pass == 0 && slice == 0 ? lane : (int)((pseudoRandom >> 32) % (uint)_lanes);
            int referenceColumn = ReferenceColumn(pass, slice, index, referenceLane == lane, unchecked((uint)pseudoRandom));
            Argon2Block.Compress(previous, Block(referenceLane, referenceColumn), Block(lane, column), xorWithOld: pass > 0);
        }
    }

    /// <summary>Maps 32 random bits to a block of the reference area, nearer ones more often (section 3.4.2).</summary>
    private int ReferenceColumn(int pass, int slice, int index, bool sameLane, uint random)
    {
        int finished = pass == 0 ? slice * _segmentLength : _laneLength - _segmentLength;
        int area = sameLane ? finished + index - 1 : finished - (index == 0 ? 1 : 0);
        ulong square = ((ulong)random * random) >> 32;
        int relative = area - 1 - (int)(((ulong)area * square) >> 32);
        int start = pass == 0 || slice == SlicesPerPass - 1 ? 0 : (slice + 1) * _segmentLength;
        return (start + relative) % _laneLength;
    }
}
