using System.Buffers;
using System.Text;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Archives;

/// <summary>Reads the central directory of a zip file.</summary>
/// <remarks>Reference: PKWARE APPNOTE.TXT 6.3.10, sections 4.3 to 4.5. All offsets are 64-bit; nothing is allocated from a length that the file states without a check against its real length.</remarks>
internal sealed class ZipDirectory
{
    private const int EndLength = 22;
    private const int MaxCommentLength = 65_535;

    private ZipDirectory(List<ZipEntryRecord> entries, long start, long offsetShift)
    {
        Entries = entries;
        Start = start;
        OffsetShift = offsetShift;
    }

    /// <summary>The records in the order of the directory.</summary>
    public List<ZipEntryRecord> Entries { get; }

    /// <summary>The offset of the directory.</summary>
    public long Start { get; }

    /// <summary>The bytes in front of the archive, which its offsets do not count.</summary>
    public long OffsetShift { get; }

    /// <summary>Reads the directory, or reports why there is none.</summary>
    public static ZipDirectory? TryRead(AnalysisContext context, Stream stream)
    {
        int tailLength = (int)Math.Min(stream.Length, EndLength + MaxCommentLength + 20);
        using IMemoryOwner<byte> tailOwner = context.Memory.Rent(Math.Max(1, tailLength));
        Span<byte> tail = tailOwner.Memory.Span[..tailLength];
        if (!TryRead(stream, stream.Length - tailLength, tail))
            return Malformed(context, "The end of the archive cannot be read.", -1);

        int end = FindEnd(tail);
        if (end < 0)
            return Malformed(context, "The archive has no end record; it is cut off or damaged.", -1);
        var reader = new SpanReader(tail);
        long endOffset = stream.Length - tailLength + end;
        long count = reader.UInt16(end + 10), length = reader.UInt32(end + 12), start = reader.UInt32(end + 16);
        long directoryEnd = endOffset;
        if (end >= 20 && tail[(end - 20)..].StartsWith("PK\x06\x07"u8))
        {
            // The 64-bit end record; its offset is in the locator that was just found.
            long recordOffset = (long)Math.Min(reader.UInt64(end - 12), long.MaxValue);
            Span<byte> record = stackalloc byte[56];
            if (!TryRead(stream, recordOffset, record) || !record.StartsWith("PK\x06\x06"u8))
                return Malformed(context, "The 64-bit end record is not where its locator points.", endOffset - 20);
            var wide = new SpanReader(record);
            count = (long)Math.Min(wide.UInt64(32), long.MaxValue);
            length = (long)Math.Min(wide.UInt64(40), long.MaxValue);
            start = (long)Math.Min(wide.UInt64(48), long.MaxValue);
            directoryEnd = recordOffset;
        }

        if (length > directoryEnd)
            return Malformed(context, $"The directory is said to have {length} bytes, more than there are in front of its end.", endOffset);
        // Offsets count from the start of the archive, which may have something in front of it.
        long shift = directoryEnd - length - start;
        if (shift < 0 || start > directoryEnd)
            return Malformed(context, $"The directory is said to start at {start} and to have {length} bytes, beyond its end at {directoryEnd}.", endOffset);
        // A member that is an archive and stored as it is has an end record of its own; one in front of the members or behind them is another way to read the file.
        long tailStart = stream.Length - tailLength;
        int members = (int)Math.Max(0, directoryEnd - length - tailStart), front = (int)Math.Clamp(shift - tailStart, 0, end);
        int other = members < end ? tail[members..end].LastIndexOf("PK\x05\x06"u8) is var behind and >= 0 ? members + behind : tail[..front].LastIndexOf("PK\x05\x06"u8) : -1;
        if (other >= 0)
            context.Report(ScanRules.ArchiveHeaderMismatch, "There is more than one end record; programs differ in which directory they read.", context.At(tailStart + other));
        return ReadRecords(context, stream, directoryEnd - length, length, count, shift);
    }

    private static ZipDirectory? ReadRecords(AnalysisContext context, Stream stream, long start, long length, long count, long shift)
    {
        if (length > context.Limits.MaxInMemorySize)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"The directory of the archive has {length} bytes; the limit {nameof(ScanLimits.MaxInMemorySize)} is {context.Limits.MaxInMemorySize}.", start);
            return null;
        }

        using IMemoryOwner<byte> owner = context.Memory.Rent(Math.Max(1, (int)length));
        Span<byte> bytes = owner.Memory.Span[..(int)length];
        if (!TryRead(stream, start, bytes))
            return Malformed(context, "The directory of the archive cannot be read.", start);
        var reader = new SpanReader(bytes);
        var entries = new List<ZipEntryRecord>();
        long at = 0;
        while (at < length && reader.TrySlice(at, ZipCentralHeader.Size, out ReadOnlySpan<byte> record))
        {
            var header = new ZipCentralHeader(record);
            if (!header.HasSignature)
                break;
            if (context.Archives.Entries + entries.Count >= context.Limits.MaxArchiveEntries)
            {
                context.Report(ScanRules.ArchiveBomb, $"The archive has more members than the limit {nameof(ScanLimits.MaxArchiveEntries)} = {context.Limits.MaxArchiveEntries}.", context.At(start));
                throw new ScanLimitException(nameof(ScanLimits.MaxArchiveEntries), context.Limits.MaxArchiveEntries, "zip");
            }

            context.Spend(ZipCentralHeader.Size);
            long nameStart = at + ZipCentralHeader.Size;
            if (!reader.TrySlice(nameStart, header.NameLength, out ReadOnlySpan<byte> name) || !reader.TrySlice(nameStart + header.NameLength, header.ExtraLength, out ReadOnlySpan<byte> extra))
                break;
            long compressed = header.CompressedLength, plain = header.Length, offset = header.LocalHeaderOffset;
            ReadWideFields(extra, ref plain, ref compressed, ref offset);
            entries.Add(new ZipEntryRecord
            {
                Name = DecodeName(name, header.Flags),
                HostSystem = header.HostSystem,
                Flags = header.Flags,
                Method = header.Method,
                Checksum = header.Checksum,
                CompressedLength = compressed,
                Length = plain,
                ExternalAttributes = header.ExternalAttributes,
                HeaderOffset = offset > long.MaxValue - shift ? long.MaxValue : offset + shift,
            });
            at += header.TotalLength;
        }

        if (at != length || entries.Count != count)
            context.Report(ScanRules.ArchiveHeaderMismatch, $"The end record promises {count} members in {length} bytes; the directory has {entries.Count} in {at}.", context.At(start));
        return new ZipDirectory(entries, start, shift);
    }

    /// <summary>Decodes a name: UTF-8 when it is, whatever the flag says, else Latin-1, which loses no byte.</summary>
    public static string DecodeName(ReadOnlySpan<byte> name, ushort flags)
    {
        _ = flags;
        return System.Text.Unicode.Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : Encoding.Latin1.GetString(name);
    }

    /// <summary>Reads exactly, or says no.</summary>
    public static bool TryRead(Stream stream, long offset, Span<byte> buffer)
    {
        if (offset < 0 || buffer.Length > stream.Length || offset > stream.Length - buffer.Length)
            return false;
        stream.Position = offset;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
    }

    // The last record whose comment ends with the file; else the last one at all, which is what lenient programs take.
    private static int FindEnd(ReadOnlySpan<byte> tail)
    {
        var reader = new SpanReader(tail);
        int last = -1;
        int from = tail.Length;
        while (from > 0)
        {
            int at = tail[..from].LastIndexOf("PK\x05\x06"u8);
            if (at < 0)
                break;
            if (tail.Length - at >= EndLength)
            {
                if (at + EndLength + reader.UInt16(at + 20) == tail.Length)
                    return at;
                if (last < 0)
                    last = at;
            }

            from = at;
        }

        return last;
    }

    private static void ReadWideFields(ReadOnlySpan<byte> extra, ref long plain, ref long compressed, ref long offset)
    {
        var reader = new SpanReader(extra);
        long at = 0;
        while (reader.Contains(at, 4))
        {
            ushort id = reader.UInt16(at), size = reader.UInt16(at + 2);
            if (id == 1)
            {
                long field = at + 4, end = Math.Min(at + 4 + size, extra.Length);
                TakeWide(reader, ref field, end, ref plain);
                TakeWide(reader, ref field, end, ref compressed);
                TakeWide(reader, ref field, end, ref offset);
                return;
            }

            at += 4 + size;
        }
    }

    private static void TakeWide(SpanReader reader, ref long field, long end, ref long value)
    {
        if (value != uint.MaxValue || field + 8 > end)
            return;
        value = (long)Math.Min(reader.UInt64(field), long.MaxValue);
        field += 8;
    }

    private static ZipDirectory? Malformed(AnalysisContext context, string message, long offset)
    {
        context.ReportIncomplete(ScanIssueKind.Malformed, message, offset);
        return null;
    }
}
