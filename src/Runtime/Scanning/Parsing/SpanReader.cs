using System.Buffers.Binary;

namespace SecurityToolchain.Scanning.Parsing;

/// <summary>
/// Bounds-checked reads at any offset of hostile bytes. Offsets are 64-bit, so that sums of 32-bit fields of a file cannot wrap.
/// No member throws: an access outside the bytes is <c>false</c>, or 0 for the reads with a default.
/// </summary>
public readonly ref struct SpanReader
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Creates a reader.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="bigEndian">Whether numbers have their most significant byte first.</param>
    public SpanReader(ReadOnlySpan<byte> bytes, bool bigEndian = false)
    {
        _bytes = bytes;
        IsBigEndian = bigEndian;
    }

    /// <summary>The number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool IsBigEndian { get; }

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Whether a range lies inside the bytes.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="count">The number of bytes.</param>
    public bool Contains(long offset, long count) => offset >= 0 && count >= 0 && offset <= _bytes.Length && count <= _bytes.Length - offset;

    /// <summary>Takes a part of the bytes.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="count">The number of bytes.</param>
    /// <param name="slice">The part, or empty.</param>
    public bool TrySlice(long offset, long count, out ReadOnlySpan<byte> slice)
    {
        if (!Contains(offset, count))
        {
            slice = default;
            return false;
        }

        slice = _bytes.Slice((int)offset, (int)count);
        return true;
    }

    /// <summary>The part from an offset, cut at the end of the bytes; empty when the offset is outside.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="maxCount">The most bytes to take.</param>
    public ReadOnlySpan<byte> SliceUpTo(long offset, long maxCount)
    {
        if (offset < 0 || offset >= _bytes.Length || maxCount <= 0)
            return default;
        return _bytes.Slice((int)offset, (int)Math.Min(maxCount, _bytes.Length - offset));
    }

    /// <summary>Reads a byte.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="value">The value, or 0.</param>
    public bool TryReadByte(long offset, out byte value)
    {
        bool ok = Contains(offset, 1);
        value = ok ? _bytes[(int)offset] : (byte)0;
        return ok;
    }

    /// <summary>Reads 16 bits.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="value">The value, or 0.</param>
    public bool TryReadUInt16(long offset, out ushort value)
    {
        value = 0;
        if (!TrySlice(offset, 2, out ReadOnlySpan<byte> slice))
            return false;
        value = IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(slice) : BinaryPrimitives.ReadUInt16LittleEndian(slice);
        return true;
    }

    /// <summary>Reads 32 bits.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="value">The value, or 0.</param>
    public bool TryReadUInt32(long offset, out uint value)
    {
        value = 0;
        if (!TrySlice(offset, 4, out ReadOnlySpan<byte> slice))
            return false;
        value = IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(slice) : BinaryPrimitives.ReadUInt32LittleEndian(slice);
        return true;
    }

    /// <summary>Reads 64 bits.</summary>
    /// <param name="offset">The offset.</param>
    /// <param name="value">The value, or 0.</param>
    public bool TryReadUInt64(long offset, out ulong value)
    {
        value = 0;
        if (!TrySlice(offset, 8, out ReadOnlySpan<byte> slice))
            return false;
        value = IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(slice) : BinaryPrimitives.ReadUInt64LittleEndian(slice);
        return true;
    }

    /// <summary>Reads 16 bits, or 0 outside the bytes.</summary>
    /// <param name="offset">The offset.</param>
    public ushort UInt16(long offset) => TryReadUInt16(offset, out ushort value) ? value : (ushort)0;

    /// <summary>Reads 32 bits, or 0 outside the bytes.</summary>
    /// <param name="offset">The offset.</param>
    public uint UInt32(long offset) => TryReadUInt32(offset, out uint value) ? value : 0;

    /// <summary>Reads 64 bits, or 0 outside the bytes.</summary>
    /// <param name="offset">The offset.</param>
    public ulong UInt64(long offset) => TryReadUInt64(offset, out ulong value) ? value : 0;

    /// <summary>Reads a NUL-terminated Latin-1 text.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="maxLength">The most bytes to look at.</param>
    /// <returns>The text, or null when the offset is outside or no NUL comes within the limit.</returns>
    public string? Latin1String(long offset, int maxLength)
    {
        ReadOnlySpan<byte> slice = SliceUpTo(offset, maxLength);
        int end = slice.IndexOf((byte)0);
        return end < 0 ? null : System.Text.Encoding.Latin1.GetString(slice[..end]);
    }
}
