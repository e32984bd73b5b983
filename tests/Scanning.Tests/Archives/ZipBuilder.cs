using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SecurityToolchain.Scanning.Archives;

namespace SecurityToolchain.Scanning.Tests.Archives;

/// <summary>Writes zip files byte by byte, so that every field can lie.</summary>
internal sealed class ZipBuilder
{
    private readonly MemoryStream _body = new();
    private readonly MemoryStream _directory = new();
    private int _count;

    public static byte[] Deflate(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(content);
        return stream.ToArray();
    }

    public ZipBuilder Add(
        string name, byte[] content, bool deflate = true, string? localName = null, long? length = null, ushort flags = 0, ushort? method = null, uint attributes = 0, uint? checksum = null, byte[]? stored = null)
    {
        stored ??= deflate ? Deflate(content) : content;
        long offset = _body.Position;
        uint crc = checksum ?? Crc32.Compute(content);
        WriteLocal(localName ?? name, stored, (uint)(length ?? content.Length), flags, method ?? (ushort)(deflate ? 8 : 0), crc);
        Reference(name, offset, stored.Length, (uint)(length ?? content.Length), flags, method ?? (ushort)(deflate ? 8 : 0), attributes, crc);
        return this;
    }

    public void WriteLocal(string name, byte[] stored, uint length, ushort flags, ushort method, uint crc)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        Span<byte> header = stackalloc byte[30];
        header.Clear();
        "PK\x03\x04"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 20);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], method);
        BinaryPrimitives.WriteUInt32LittleEndian(header[14..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(header[18..], (uint)stored.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[22..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[26..], (ushort)nameBytes.Length);
        _body.Write(header);
        _body.Write(nameBytes);
        _body.Write(stored);
    }

    /// <summary>Adds a directory record for bytes that are already in the file.</summary>
    public ZipBuilder Reference(string name, long offset, long storedLength, uint length, ushort flags, ushort method, uint attributes, uint crc)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        Span<byte> record = stackalloc byte[46];
        record.Clear();
        "PK\x01\x02"u8.CopyTo(record);
        record[4] = 20;
        record[5] = 3;
        BinaryPrimitives.WriteUInt16LittleEndian(record[8..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(record[10..], method);
        BinaryPrimitives.WriteUInt32LittleEndian(record[16..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(record[20..], (uint)storedLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record[24..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(record[28..], (ushort)nameBytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[38..], attributes);
        BinaryPrimitives.WriteUInt32LittleEndian(record[42..], (uint)offset);
        _directory.Write(record);
        _directory.Write(nameBytes);
        _count++;
        return this;
    }

    public byte[] Build()
    {
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        "PK\x05\x06"u8.CopyTo(end);
        ushort count = (ushort)Math.Min(_count, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)_directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)_body.Length);
        return [.. _body.ToArray(), .. _directory.ToArray(), .. end];
    }
}
