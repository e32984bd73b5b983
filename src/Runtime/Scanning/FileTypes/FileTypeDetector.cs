using System.Buffers.Binary;
using System.Collections.Frozen;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>Names the format of a content by its bytes. The extension only decides between text and formats that have no signature.</summary>
public static class FileTypeDetector
{
    private static readonly FileSignature[] Signatures = [.. FileSignatures.Rows.Select(static row => new FileSignature(row.Format, row.Offset, row.Pattern))];
    private static readonly FileSignature[][] AtStart =
        [.. Enumerable.Range(0, 256).Select(static first => Signatures.Where(s => s.Offset == 0 && s.First == first).ToArray())];

    private static readonly FileSignature[] Elsewhere = [.. Signatures.Where(static s => s.Offset > 0)];

    // Signatures so short that chance produces them; they name a file but prove nothing against its extension.
    private static readonly FrozenSet<string> Weak = new[]
    {
        "der-certificate", "lzma", "python-pickle", "unix-compress", "mp3", "zlib", "coff-object", "icon", "cursor", "mpeg", "arj", "flash", "brotli",
        "truetype", "lha", "python-bytecode", "dos-executable", "bmp", "pgp", "unknown", "empty", "lz4",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Detects a format.</summary>
    /// <param name="head">The content or its first bytes; 33 KiB see every signature, the whole content sees the kind of zip packages.</param>
    /// <param name="length">The length of the whole content.</param>
    /// <param name="extension">The extension with its dot, or empty.</param>
    public static FileFormat Detect(ReadOnlySpan<byte> head, long length, string extension = "")
    {
        ArgumentNullException.ThrowIfNull(extension);
        if (length == 0 || head.IsEmpty)
            return FileFormats.Empty;
        FileFormat? format = DetectStructured(head) ?? DetectSignature(head);
        if (format is not null)
            return format;
        format = TextClassifier.Classify(head, extension);
        if (format is not null)
            return format;
        return DetectWeak(head, length, extension) ?? FileFormats.Unknown;
    }

    /// <summary>Whether the format was found by a signature that chance does not produce.</summary>
    /// <param name="format">The format.</param>
    public static bool IsCertain(FileFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return !Weak.Contains(format.Id);
    }

    private static FileFormat? DetectSignature(ReadOnlySpan<byte> head)
    {
        foreach (FileSignature signature in AtStart[head[0]])
        {
            if (signature.Matches(head))
                return signature.Format;
        }

        foreach (FileSignature signature in Elsewhere)
        {
            if (signature.Matches(head))
                return signature.Format;
        }

        return null;
    }

    private static FileFormat? DetectStructured(ReadOnlySpan<byte> head)
    {
        var reader = new SpanReader(head);
        switch (head[0])
        {
            case (byte)'M' when head.StartsWith("MZ"u8):
                return DetectExecutable(reader);
            case (byte)'P' when head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8):
                return ZipKindDetector.Detect(head);
            case 0xCA when head.StartsWith((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE]) && head.Length >= 8:
                // A fat header has a count of architectures there, a class file its version, which starts at 45.
                return BinaryPrimitives.ReadUInt32BigEndian(head[4..]) < 40 ? FileFormats.MachOFat : FileFormats.Get("java-class");
            case (byte)'B' when head.StartsWith("BM"u8) && head.Length >= 26 && reader.UInt16(6) == 0 && reader.UInt32(10) is >= 26 and < 65536
                && reader.UInt32(14) is 12 or 40 or 52 or 56 or 64 or 108 or 124:
                return FileFormats.Get("bmp");
            default:
                return null;
        }
    }

    private static FileFormat? DetectExecutable(SpanReader reader)
    {
        if (!reader.TryReadUInt32(0x3C, out uint header))
            return null;
        if (reader.TrySlice(header, 4, out ReadOnlySpan<byte> signature))
        {
            if (signature.SequenceEqual("PE\0\0"u8))
                return FileFormats.PortableExecutable;
            if (signature.StartsWith("NE"u8) || signature.StartsWith("LE"u8) || signature.StartsWith("LX"u8))
                return FileFormats.DosExecutable;
        }

        // A plain DOS program: pages and the header size have to make sense, or two letters of text would be a program.
        ushort pages = reader.UInt16(4), headerParagraphs = reader.UInt16(8);
        return pages is > 0 and < 2048 && headerParagraphs is > 0 and < 4096 && reader.UInt16(2) < 512 ? FileFormats.DosExecutable : null;
    }

    private static FileFormat? DetectWeak(ReadOnlySpan<byte> head, long length, string extension)
    {
        var reader = new SpanReader(head);
        if (LooksLikeDer(head, length))
            return FileFormats.Get("der-certificate");
        if (head.Length > 2 && head[0] == 0x78 && head[1] is 0x01 or 0x5E or 0x9C or 0xDA && ((head[0] << 8) | head[1]) % 31 == 0)
            return FileFormats.Zlib;
        if (head.Length > 4 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) != 0 && (head[2] & 0xF0) != 0xF0 && (head[2] & 0x0C) != 0x0C)
            return FileFormats.Get("mp3");
        if (head.Length >= 20 && reader.UInt16(0) is 0x14C or 0x8664 or 0xAA64 && reader.UInt16(2) is > 0 and < 4096 && reader.UInt16(16) == 0 && reader.UInt32(8) <= length)
            return FileFormats.Get("coff-object");
        if (extension.Equals(".br", StringComparison.OrdinalIgnoreCase))
            return FileFormats.Brotli;
        if (head[0] is 0x99 or 0xC6 or 0x85 or 0xC1 or 0x95 && extension is ".gpg" or ".pgp" or ".sig")
            return FileFormats.Get("pgp");
        return TarHeaderIsValid(head) ? FileFormats.Tar : null;
    }

    // A sequence whose length is that of the file.
    private static bool LooksLikeDer(ReadOnlySpan<byte> head, long length)
    {
        if (head.Length < 16 || head[0] != 0x30)
            return false;
        long stated = head[1] switch
        {
            0x81 => head[2] + 3L,
            0x82 => BinaryPrimitives.ReadUInt16BigEndian(head[2..]) + 4L,
            0x83 => ((head[2] << 16) | (head[3] << 8) | head[4]) + 5L,
            _ => -1,
        };
        return stated == length;
    }

    // Archives from before POSIX have no magic; the checksum of the header stands in for it.
    private static bool TarHeaderIsValid(ReadOnlySpan<byte> head)
    {
        if (head.Length < 512 || head[0] == 0)
            return false;
        long stated = 0;
        foreach (byte digit in head.Slice(148, 8))
        {
            if (digit is >= (byte)'0' and <= (byte)'7')
                stated = (stated * 8) + (digit - '0');
            else if (digit is not ((byte)' ' or 0))
                return false;
        }

        long sum = 8 * ' ';
        for (int i = 0; i < 512; i++)
        {
            if (i is < 148 or >= 156)
                sum += head[i];
        }

        return stated == sum;
    }
}
