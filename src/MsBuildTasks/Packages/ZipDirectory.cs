using System.Buffers.Binary;
using System.Collections.Immutable;
using SecurityToolchain.Scanning.Archives;

namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>
/// The central directory of a package archive, as far as content hashes and signatures need it.
/// </summary>
/// <remarks>
/// Reference: PKWARE APPNOTE 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16. NuGet allows neither ZIP64 nor a split archive for signed packages;
/// both are refused here.
/// </remarks>
internal sealed class ZipDirectory
{
    private const uint LocalHeaderSignature = 0x04034b50;
    private const uint EndSignature = 0x06054b50;
    private const int LocalHeaderSize = 30;
    private const int EndSize = 22;
    private const int MaxCommentSize = ushort.MaxValue;
    private const long MaxDirectoryBytes = 256L * 1024 * 1024;

    private ZipDirectory(byte[] bytes, byte[] end, long offset, ImmutableArray<ZipDirectoryEntry> entries)
    {
        Bytes = bytes;
        End = end;
        Offset = offset;
        Entries = entries;
    }

    /// <summary>The central directory headers as they are in the file.</summary>
    public byte[] Bytes { get; }

    /// <summary>The end of central directory record with its comment.</summary>
    public byte[] End { get; }

    /// <summary>Where the central directory starts in the file.</summary>
    public long Offset { get; }

    /// <summary>The entries in the order of the directory.</summary>
    public ImmutableArray<ZipDirectoryEntry> Entries { get; }

    /// <summary>Reads the directory.</summary>
    /// <param name="archive">A seekable stream.</param>
    /// <exception cref="PackageFormatException">The archive breaks the format.</exception>
    public static ZipDirectory Read(Stream archive)
    {
        byte[] end = ReadEnd(archive);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10));
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12));
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16));
        if (count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
            throw new PackageFormatException("the archive uses ZIP64, which package signatures do not allow");
        if (size > MaxDirectoryBytes)
            throw new PackageFormatException($"the central directory has {size} bytes; the limit is {MaxDirectoryBytes}");
        if (offset + size != archive.Length - end.Length)
            throw new PackageFormatException($"the central directory at {offset} with {size} bytes does not end where the end record starts");

        byte[] bytes = new byte[size];
        archive.Position = offset;
        archive.ReadExactly(bytes);
        var entries = ImmutableArray.CreateBuilder<ZipDirectoryEntry>(count);
        int position = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> rest = bytes.AsSpan(Math.Min(position, bytes.Length));
            ZipCentralHeader header = rest.Length >= ZipCentralHeader.Size ? new ZipCentralHeader(rest) : default;
            if (rest.Length < ZipCentralHeader.Size || !header.HasSignature)
                throw new PackageFormatException($"entry {i} of {count} has no central directory header at offset {position}");
            if (rest.Length < header.TotalLength)
                throw new PackageFormatException($"the header of entry {i} needs {header.TotalLength} bytes and only {rest.Length} are left");
            entries.Add(new ZipDirectoryEntry
            {
                HeaderPosition = position,
                HeaderLength = header.TotalLength,
                LocalOffset = header.LocalHeaderOffset,
                Flags = header.Flags,
                Method = header.Method,
                CompressedSize = header.CompressedLength,
                Size = header.Length,
                Name = System.Text.Encoding.UTF8.GetString(rest.Slice(ZipCentralHeader.Size, header.NameLength)),
            });
            position += header.TotalLength;
        }

        if (position != bytes.Length)
            throw new PackageFormatException($"the central directory has {bytes.Length - position} bytes behind its last entry");
        return new ZipDirectory(bytes, end, offset, entries.MoveToImmutable());
    }

    /// <summary>The first byte behind an entry's local header and data: the next local header, or the central directory.</summary>
    /// <param name="entry">The entry.</param>
    public long EndOfLocalEntry(ZipDirectoryEntry entry)
    {
        long end = Offset;
        foreach (ZipDirectoryEntry other in Entries)
        {
            if (other.LocalOffset > entry.LocalOffset && other.LocalOffset < end)
                end = other.LocalOffset;
        }

        return end;
    }

    /// <summary>Where the data of an entry starts.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="PackageFormatException">There is no local header.</exception>
    public static long DataOffset(Stream archive, ZipDirectoryEntry entry)
    {
        Span<byte> header = stackalloc byte[LocalHeaderSize];
        archive.Position = entry.LocalOffset;
        archive.ReadExactly(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalHeaderSignature)
            throw new PackageFormatException($"entry '{entry.Name}' has no local header at offset {entry.LocalOffset}");
        return entry.LocalOffset + LocalHeaderSize
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
    }

    private static byte[] ReadEnd(Stream archive)
    {
        int window = (int)Math.Min(archive.Length, EndSize + MaxCommentSize);
        byte[] tail = new byte[window];
        archive.Position = archive.Length - window;
        archive.ReadExactly(tail);
        for (int i = window - EndSize; i >= 0; i--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(i)) == EndSignature
                && i + EndSize + BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(i + 20)) == window)
            {
                return tail[i..];
            }
        }

        throw new PackageFormatException("the file is not a ZIP archive: it has no end of central directory record");
    }
}
