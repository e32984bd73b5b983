using System.Buffers.Binary;

namespace SecurityToolchain.Runtime.Input;

/// <summary>
/// Reads numbers and slices of untrusted bytes and cannot leave them: whatever the offset or length, a read succeeds or returns
/// <see langword="false"/>. After a failure the position is where it was.
/// </summary>
public ref struct SpanReader
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Starts at the first byte.</summary>
    /// <param name="bytes">Any bytes.</param>
    public SpanReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes before the next read.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes after it.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Why the last read or move failed; <see cref="ParseError.None"/> after a success.</summary>
    public ParseError LastError { get; private set; }

    /// <summary>Takes a part of bytes, whatever the numbers.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="offset">Any number; it may come from the bytes themselves.</param>
    /// <param name="length">Any number.</param>
    /// <param name="slice">The part, or nothing.</param>
    /// <returns>What is wrong, or <see cref="ParseError.None"/>.</returns>
    public static ParseError TrySlice(ReadOnlySpan<byte> bytes, long offset, long length, out ReadOnlySpan<byte> slice)
    {
        slice = default;
        if (offset < 0 || length < 0 || offset > long.MaxValue - length)
            return ParseError.IntegerOverflow;
        if (offset + length > bytes.Length)
            return ParseError.BufferUnderflow;
        slice = bytes.Slice((int)offset, (int)length);
        return ParseError.None;
    }

    /// <summary>Reads a number of 4 bytes at any offset, least significant byte first.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="offset">Any number.</param>
    /// <param name="value">The number, or 0.</param>
    public static bool TryReadUInt32LittleEndian(ReadOnlySpan<byte> bytes, long offset, out uint value)
    {
        bool read = TrySlice(bytes, offset, sizeof(uint), out ReadOnlySpan<byte> slice) == ParseError.None;
        value = read ? BinaryPrimitives.ReadUInt32LittleEndian(slice) : 0;
        return read;
    }

    /// <summary>Moves to a position from the start.</summary>
    /// <param name="position">0 to the number of bytes.</param>
    public bool TrySeek(long position)
    {
        if (position < 0)
            return Fail(ParseError.IntegerOverflow);
        if (position > _bytes.Length)
            return Fail(ParseError.BufferUnderflow);
        Position = (int)position;
        LastError = ParseError.None;
        return true;
    }

    /// <summary>Moves forward.</summary>
    /// <param name="count">0 to <see cref="Remaining"/>.</param>
    public bool TrySkip(long count) => TryReadBytes(count, out _);

    /// <summary>Reads bytes without copying them.</summary>
    /// <param name="count">0 to <see cref="Remaining"/>.</param>
    /// <param name="value">The bytes, or nothing.</param>
    public bool TryReadBytes(long count, out ReadOnlySpan<byte> value)
    {
        LastError = TrySlice(_bytes, Position, count, out value);
        if (LastError != ParseError.None)
            return false;
        Position += value.Length;
        return true;
    }

    /// <summary>Reads one byte.</summary>
    /// <param name="value">The byte, or 0.</param>
    public bool TryReadByte(out byte value)
    {
        bool read = TryReadBytes(1, out ReadOnlySpan<byte> bytes);
        value = read ? bytes[0] : (byte)0;
        return read;
    }

    /// <summary>Reads a number of 2 bytes, least significant byte first.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryReadUInt16LittleEndian(out ushort value)
    {
        bool read = TryReadBytes(sizeof(ushort), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;
        return read;
    }

    /// <summary>Reads a number of 4 bytes, least significant byte first.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryReadUInt32LittleEndian(out uint value)
    {
        bool read = TryReadBytes(sizeof(uint), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
        return read;
    }

    /// <summary>Reads a number of 8 bytes, least significant byte first.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryReadUInt64LittleEndian(out ulong value)
    {
        bool read = TryReadBytes(sizeof(ulong), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
        return read;
    }

    /// <summary>Reads a number of 2 bytes, most significant byte first.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryReadUInt16BigEndian(out ushort value)
    {
        bool read = TryReadBytes(sizeof(ushort), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;
        return read;
    }

    /// <summary>Reads a number of 4 bytes, most significant byte first.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryReadUInt32BigEndian(out uint value)
    {
        bool read = TryReadBytes(sizeof(uint), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        return read;
    }

    /// <summary>Reads a number of 8 bytes, most significant byte first.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryReadUInt64BigEndian(out ulong value)
    {
        bool read = TryReadBytes(sizeof(ulong), out ReadOnlySpan<byte> bytes);
        value = read ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
        return read;
    }

    /// <summary>Reads bytes and compares them.</summary>
    /// <param name="expected">What must come next.</param>
    public bool TryExpect(ReadOnlySpan<byte> expected)
    {
        int start = Position;
        if (!TryReadBytes(expected.Length, out ReadOnlySpan<byte> actual))
            return false;
        if (actual.SequenceEqual(expected))
            return true;
        Position = start;
        return Fail(ParseError.InvalidFormat);
    }

    private bool Fail(ParseError error)
    {
        LastError = error;
        return false;
    }
}
