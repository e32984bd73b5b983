using System.Buffers.Binary;

namespace SecurityToolchain.Scanning.History;

/// <summary>The name of a git object: 20 bytes with SHA-1, 32 with SHA-256.</summary>
internal readonly struct GitObjectId : IEquatable<GitObjectId>, IComparable<GitObjectId>
{
    public const int Sha1Length = 20, Sha256Length = 32;

    // Most significant first, so that the order of the numbers is the order of the bytes.
    private readonly UInt128 _first, _second;
    private readonly bool _isLong;

    public GitObjectId(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[Sha256Length];
        padded.Clear();
        bytes.CopyTo(padded);
        _first = BinaryPrimitives.ReadUInt128BigEndian(padded);
        _second = BinaryPrimitives.ReadUInt128BigEndian(padded[16..]);
        _isLong = bytes.Length == Sha256Length;
    }

    /// <summary>The number of bytes.</summary>
    public int Length => _isLong ? Sha256Length : Sha1Length;

    /// <summary>The first byte, by which objects are spread over directories and tables.</summary>
    public byte FirstByte => (byte)(_first >> 120);

    /// <summary>A number to take shards by.</summary>
    public uint Number => (uint)(_first >> 96);

    public static bool TryParse(ReadOnlySpan<byte> hex, int length, out GitObjectId id)
    {
        id = default;
        if (hex.Length != 2 * length)
            return false;
        Span<byte> bytes = stackalloc byte[Sha256Length];
        if (Convert.FromHexString(hex, bytes, out _, out int written) != System.Buffers.OperationStatus.Done || written != length)
            return false;
        id = new GitObjectId(bytes[..length]);
        return true;
    }

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    public void CopyTo(Span<byte> target)
    {
        Span<byte> padded = stackalloc byte[Sha256Length];
        BinaryPrimitives.WriteUInt128BigEndian(padded, _first);
        BinaryPrimitives.WriteUInt128BigEndian(padded[16..], _second);
        padded[..Length].CopyTo(target);
    }

    public bool Equals(GitObjectId other) => _first == other._first && _second == other._second && _isLong == other._isLong;

    public override bool Equals(object? obj) => obj is GitObjectId other && Equals(other);

    // Names are not verified, so whoever wrote the repository may choose them; the seed of this hash is not known to him.
    public override int GetHashCode() => HashCode.Combine(_first, _second);

    public int CompareTo(GitObjectId other) => _first != other._first ? _first.CompareTo(other._first) : _second.CompareTo(other._second);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Sha256Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes[..Length]);
    }
}
