using System.Buffers.Binary;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>Consecutive nonces that belong to one caller; see <see cref="NonceSequence.Reserve"/>. Immutable, so any thread may use it.</summary>
public readonly struct NonceBlock : IEquatable<NonceBlock>
{
    private readonly uint _fixedField;
    private readonly ulong _first;

    internal NonceBlock(uint fixedField, ulong first, int count)
    {
        _fixedField = fixedField;
        _first = first;
        Count = count;
    }

    /// <summary>Nonces in the block.</summary>
    public int Count { get; }

    /// <summary>Writes one nonce of the block. The caller uses each index for one message only.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">At least 12 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the block.</exception>
    /// <exception cref="ArgumentException">The destination is shorter than 12 bytes.</exception>
    public void Write(int index, Span<byte> destination)
    {
        if (index < 0 || index >= Count)
            throw Error.OutOfRange(nameof(index), "The index of a nonce", 0, Count - 1, index);
        if (destination.Length < NonceSequence.SizeInBytes)
            throw Error.DestinationTooSmall(nameof(destination), NonceSequence.SizeInBytes, destination.Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination, _fixedField);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(uint)..], _first + (ulong)index);
    }

    /// <inheritdoc/>
    public bool Equals(NonceBlock other) => _fixedField == other._fixedField && _first == other._first && Count == other.Count;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NonceBlock other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_fixedField, _first, Count);

    /// <summary>Whether both blocks hold the same nonces.</summary>
    public static bool operator ==(NonceBlock left, NonceBlock right) => left.Equals(right);

    /// <summary>Whether the blocks differ.</summary>
    public static bool operator !=(NonceBlock left, NonceBlock right) => !left.Equals(right);
}
