using System.Buffers.Binary;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Remembers the nonces of envelopes by key id and finds one that two messages share. It holds a bounded number; when that is reached
/// it answers <see cref="NonceObservation.Unknown"/> and forgets nothing. Thread safe.
/// </summary>
public sealed class NonceLedger
{
    /// <summary>Envelopes that a ledger remembers by default: 1,000,000 (about 60 MB when full).</summary>
    public const int DefaultCapacity = 1_000_000;

    private readonly Dictionary<UInt128, UInt128> _tagByNonce = [];
    private readonly Lock _change = new();

    /// <summary>Creates an empty ledger.</summary>
    /// <param name="capacity">1 to 100,000,000 envelopes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public NonceLedger(int capacity = DefaultCapacity)
    {
        if (capacity is < 1 or > 100_000_000)
            throw Error.OutOfRange(nameof(capacity), "The capacity of a nonce ledger", 1, 100_000_000, capacity);
        Capacity = capacity;
    }

    /// <summary>Most envelopes remembered.</summary>
    public int Capacity { get; }

    /// <summary>Envelopes remembered now.</summary>
    public int Count
    {
        get
        {
            lock (_change)
                return _tagByNonce.Count;
        }
    }

    /// <summary>Looks an envelope up and remembers it.</summary>
    /// <param name="envelope">Any bytes.</param>
    public NonceObservation Observe(ReadOnlySpan<byte> envelope)
    {
        if (!AeadEncryption.TryReadKeyId(envelope, out _))
            return NonceObservation.Unknown;
        // Key id and nonce lie side by side: 16 bytes that must not repeat. The tag tells messages apart.
        UInt128 nonce = BinaryPrimitives.ReadUInt128BigEndian(envelope.Slice(1, 16));
        UInt128 tag = BinaryPrimitives.ReadUInt128BigEndian(envelope[^AeadEncryption.TagSizeInBytes..]);
        lock (_change)
        {
            if (_tagByNonce.TryGetValue(nonce, out UInt128 seen))
                return seen == tag ? NonceObservation.SameMessage : NonceObservation.Reused;
            if (_tagByNonce.Count >= Capacity)
                return NonceObservation.Unknown;
            _tagByNonce.Add(nonce, tag);
            return NonceObservation.Unique;
        }
    }
}
