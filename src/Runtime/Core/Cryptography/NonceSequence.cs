using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Hands out 96-bit nonces that never repeat under one key: a fixed field of 4 bytes and an invocation counter of 8 bytes
/// (big endian). It counts, it never wraps, and it ends with <see cref="NonceExhaustedException"/>.
/// </summary>
/// <remarks>
/// References: NIST SP 800-38D, section 8.2.1 (deterministic construction) and 8.3 (limits); RFC 5116, section 3.2.
/// Parameters: nonce 12 bytes = fixed field 4 bytes | counter 8 bytes.
/// Deviation: without an explicit fixed field, the field *and* the start of the counter are random. Two processes that share a key
/// then overlap only if two ranges of a 2^95 space do, instead of one time in 2^32.
/// All members may be used by several threads at once.
/// </remarks>
public sealed class NonceSequence
{
    /// <summary>Size of a nonce, in bytes: 12.</summary>
    public const int SizeInBytes = 12;

    /// <summary>Nonces that one sequence gives by default: 2^32, the most that SP 800-38D section 8.3 allows a key with random parts.</summary>
    public const long DefaultMaxNonces = 1L << 32;

    private readonly uint _fixedField;
    private readonly ulong _first;
    private readonly long _maxNonces;
    private long _used;

    /// <summary>Creates a sequence with a random fixed field and a random start.</summary>
    /// <param name="maxNonces">Nonces before the sequence ends: 1 to 2^62. Default 2^32.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxNonces"/> is out of range.</exception>
    public NonceSequence(long maxNonces = DefaultMaxNonces)
    {
        CheckLimit(maxNonces);
        Span<byte> seed = stackalloc byte[SizeInBytes];
        RandomNumberGenerator.Fill(seed);
        _fixedField = BinaryPrimitives.ReadUInt32BigEndian(seed);
        // The top bit stays clear, so that start + 2^62 cannot wrap.
        _first = BinaryPrimitives.ReadUInt64BigEndian(seed[4..]) >> 1;
        _maxNonces = maxNonces;
    }

    /// <summary>Creates a sequence for a fixed field that the caller keeps unique per key, such as the number of a device or of a process start.</summary>
    /// <param name="fixedField">Value of the first 4 bytes. No other sequence of the same key may use it.</param>
    /// <param name="firstCounter">First value of the counter; greater than 0 when a persisted sequence goes on.</param>
    /// <param name="maxNonces">Nonces before the sequence ends: 1 to 2^62.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the counter would wrap.</exception>
    public NonceSequence(uint fixedField, ulong firstCounter, long maxNonces = DefaultMaxNonces)
    {
        CheckLimit(maxNonces);
        if (firstCounter > ulong.MaxValue - (ulong)maxNonces + 1)
            throw Error.OutOfRange(nameof(firstCounter), "The first counter", 0UL, ulong.MaxValue - (ulong)maxNonces + 1, firstCounter);
        _fixedField = fixedField;
        _first = firstCounter;
        _maxNonces = maxNonces;
    }

    /// <summary>Nonces left before <see cref="NonceExhaustedException"/>.</summary>
    public long Remaining => _maxNonces - Interlocked.Read(ref _used);

    /// <summary>Writes the next nonce.</summary>
    /// <param name="destination">Exactly 12 bytes.</param>
    /// <exception cref="ArgumentException">The destination is not 12 bytes long. No nonce is used up.</exception>
    /// <exception cref="NonceExhaustedException">The limit is reached.</exception>
    public void Next(Span<byte> destination)
    {
        if (destination.Length != SizeInBytes)
            throw Error.WrongLength(nameof(destination), "A nonce", SizeInBytes, destination.Length);
        Reserve(1).Write(0, destination);
    }

    /// <summary>Returns the next nonce, 12 bytes.</summary>
    /// <exception cref="NonceExhaustedException">The limit is reached.</exception>
    public byte[] Next()
    {
        byte[] nonce = new byte[SizeInBytes];
        Next(nonce);
        return nonce;
    }

    /// <summary>Takes several nonces in one step, for a batch whose items are encrypted on several threads.</summary>
    /// <param name="count">Nonces to take: at least 1.</param>
    /// <returns>The block; no other caller gets a nonce of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="NonceExhaustedException">Fewer than <paramref name="count"/> nonces are left. None is used up.</exception>
    public NonceBlock Reserve(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        long used = Interlocked.Read(ref _used);
        while (true)
        {
            if (count > _maxNonces - used)
                throw new NonceExhaustedException(Error.Invariant($"The nonce sequence reached its limit of {_maxNonces} nonces; replace the key."));
            long seen = Interlocked.CompareExchange(ref _used, used + count, used);
            if (seen == used)
                return new NonceBlock(_fixedField, _first + (ulong)used, count);
            used = seen;
        }
    }

    private static void CheckLimit(long maxNonces)
    {
        if (maxNonces is < 1 or > 1L << 62)
            throw Error.OutOfRange(nameof(maxNonces), "The number of nonces", 1, 1L << 62, maxNonces);
    }
}
