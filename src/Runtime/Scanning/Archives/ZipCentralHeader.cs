using System.Buffers.Binary;

namespace SecurityToolchain.Scanning.Archives;

/// <summary>
/// The fixed part of a central directory header of a zip file. What to make of it is the reader's affair: a scan reads on over what is damaged
/// and reports it, the package gate refuses it. Compiled into both.
/// </summary>
/// <remarks>Reference: PKWARE APPNOTE.TXT 6.3.10, section 4.3.12. Name, extra field and comment follow in this order.</remarks>
/// <param name="header">The header's bytes, at least <see cref="Size"/> of them.</param>
internal readonly ref struct ZipCentralHeader(ReadOnlySpan<byte> header)
{
    /// <summary>The length of the fixed part, in bytes.</summary>
    public const int Size = 46;

    private readonly ReadOnlySpan<byte> _header = header[..Size];

    /// <summary>Whether the header begins as one must.</summary>
    public bool HasSignature => _header.StartsWith("PK\x01\x02"u8);

    /// <summary>The system that the external attributes are those of: 3 for Unix.</summary>
    public byte HostSystem => _header[5];

    /// <summary>The general purpose bit flags.</summary>
    public ushort Flags => UInt16(8);

    /// <summary>The compression method: 0 is stored, 8 is deflate.</summary>
    public ushort Method => UInt16(10);

    /// <summary>The CRC-32 of the data once inflated.</summary>
    public uint Checksum => UInt32(16);

    /// <summary>The size of the data in the file, in bytes; <see cref="uint.MaxValue"/> where a 64-bit field in the extra field has it.</summary>
    public uint CompressedLength => UInt32(20);

    /// <summary>The size of the data once inflated, in bytes; <see cref="uint.MaxValue"/> where a 64-bit field in the extra field has it.</summary>
    public uint Length => UInt32(24);

    /// <summary>The length of the name, in bytes.</summary>
    public ushort NameLength => UInt16(28);

    /// <summary>The length of the extra field, in bytes.</summary>
    public ushort ExtraLength => UInt16(30);

    /// <summary>The length of the comment, in bytes.</summary>
    public ushort CommentLength => UInt16(32);

    /// <summary>The attributes of the file, as its host system has them.</summary>
    public uint ExternalAttributes => UInt32(38);

    /// <summary>Where the local header starts; <see cref="uint.MaxValue"/> where a 64-bit field in the extra field has it.</summary>
    public uint LocalHeaderOffset => UInt32(42);

    /// <summary>The length of the header with name, extra field and comment, in bytes.</summary>
    public int TotalLength => Size + NameLength + ExtraLength + CommentLength;

    private ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_header[offset..]);

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_header[offset..]);
}
