using System.IO.Compression;
using System.Text;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Archives;

/// <summary>Walks the members of a zip file: checks headers against each other, then inflates and hands each member on.</summary>
internal static class ZipArchiveReader
{
    private const int LocalHeaderLength = 30;
    private const int SymbolicLink = 0xA000, FileTypeMask = 0xF000;
    private const int MaxGap = 64;

    public static void Read(AnalysisContext context, Stream stream)
    {
        ZipDirectory? directory = ZipDirectory.TryRead(context, stream);
        if (directory is null)
            return;
        if (directory.OffsetShift > 0 && !IsExpectedPrefix(context))
            context.Report(ScanRules.ArchiveHiddenData, $"There are {directory.OffsetShift} bytes in front of the archive.", context.At(0, directory.OffsetShift));

        List<(ZipEntryRecord Entry, long DataStart, long DataEnd)> members = ReadLocalHeaders(context, stream, directory);
        if (HaveOverlap(context, members, directory.Start))
            return;
        var names = new EntryNames(context);
        foreach ((ZipEntryRecord entry, _, _) in members)
            names.Check(entry.Name, entry.HeaderOffset);
        context.Archives.Entries += members.Count;
        foreach ((ZipEntryRecord entry, long start, long end) in members)
        {
            if (context.Archives.Refused)
            {
                context.ReportIncomplete(ScanIssueKind.Limit, "The rest of the archive was not inflated, because a part of it is an archive bomb.", entry.HeaderOffset);
                return;
            }

            ReadMember(context, stream, names, entry, start, end);
        }
    }

    private static bool IsExpectedPrefix(AnalysisContext context) => !context.Content.Bytes.StartsWith("PK"u8);

    private static List<(ZipEntryRecord Entry, long DataStart, long DataEnd)> ReadLocalHeaders(AnalysisContext context, Stream stream, ZipDirectory directory)
    {
        var members = new List<(ZipEntryRecord, long, long)>(directory.Entries.Count);
        Span<byte> header = stackalloc byte[LocalHeaderLength];
        byte[] nameBuffer = new byte[context.Limits.MaxEntryNameLength];
        foreach (ZipEntryRecord entry in directory.Entries)
        {
            context.Spend(LocalHeaderLength);
            string shown = PrintableText.Escape(entry.Name, 200);
            if (!ZipDirectory.TryRead(stream, entry.HeaderOffset, header) || !header.StartsWith("PK\x03\x04"u8))
            {
                context.ReportIncomplete(ScanIssueKind.Malformed, $"The member '{shown}' has no local header where the directory says.", entry.HeaderOffset);
                continue;
            }

            var reader = new SpanReader(header);
            ushort nameLength = reader.UInt16(26), extraLength = reader.UInt16(28);
            long dataStart = entry.HeaderOffset + LocalHeaderLength + nameLength + extraLength;
            if (entry.CompressedLength > stream.Length - dataStart)
            {
                context.ReportIncomplete(ScanIssueKind.Malformed, $"The member '{shown}' is said to have {entry.CompressedLength} stored bytes, more than the archive has.", entry.HeaderOffset);
                continue;
            }

            if (nameLength > nameBuffer.Length)
            {
                context.Report(ScanRules.ArchiveSpecialName, $"The name of a member has {nameLength} bytes; the limit {nameof(ScanLimits.MaxEntryNameLength)} is {nameBuffer.Length}.", context.At(entry.HeaderOffset), shown);
                context.ReportIncomplete(ScanIssueKind.Limit, $"A member's name is longer than {nameof(ScanLimits.MaxEntryNameLength)} = {nameBuffer.Length}; the member was not looked at.", entry.HeaderOffset);
                continue;
            }

            Span<byte> name = nameBuffer.AsSpan(0, nameLength);
            if (ZipDirectory.TryRead(stream, entry.HeaderOffset + LocalHeaderLength, name))
                CompareHeaders(context, entry, reader, ZipDirectory.DecodeName(name, entry.Flags), shown);
            members.Add((entry, dataStart, dataStart + entry.CompressedLength));
        }

        return members;
    }

    private static void CompareHeaders(AnalysisContext context, ZipEntryRecord entry, SpanReader local, string localName, string shown)
    {
        string? difference = null;
        if (!localName.Equals(entry.Name, StringComparison.Ordinal))
            difference = $"the name '{PrintableText.Escape(localName, 200)}'";
        else if (local.UInt16(8) != entry.Method)
            difference = $"the method {local.UInt16(8)} instead of {entry.Method}";
        else if (((local.UInt16(6) ^ entry.Flags) & 1) != 0)
            difference = "another encryption flag";
        else if (!entry.HasDataDescriptor && local.UInt32(14) != entry.Checksum)
            difference = "another checksum";
        else if (!entry.HasDataDescriptor && local.UInt32(22) != uint.MaxValue && local.UInt32(22) != entry.Length)
            difference = $"the length {local.UInt32(22)} instead of {entry.Length}";
        else if (!entry.HasDataDescriptor && local.UInt32(18) != uint.MaxValue && local.UInt32(18) != entry.CompressedLength)
            difference = $"the stored length {local.UInt32(18)} instead of {entry.CompressedLength}";
        if (difference is not null)
        {
            context.Report(new Finding(ScanRules.ArchiveHeaderMismatch, $"The local header of '{shown}' says {difference}.", context.At(entry.HeaderOffset)) { Identity = shown });
        }
    }

    // Members that share stored bytes let a small file inflate without end, and let two programs see different members.
    private static bool HaveOverlap(AnalysisContext context, List<(ZipEntryRecord Entry, long DataStart, long DataEnd)> members, long directoryStart)
    {
        (ZipEntryRecord Entry, long DataStart, long DataEnd)[] ordered = [.. members];
        Array.Sort(ordered, static (x, y) => x.Entry.HeaderOffset.CompareTo(y.Entry.HeaderOffset));
        long previousEnd = 0, hidden = 0, hiddenAt = -1;
        foreach ((ZipEntryRecord entry, _, long end) in ordered)
        {
            if (entry.HeaderOffset < previousEnd)
            {
                context.Report(ScanRules.ArchiveBomb, $"The member '{PrintableText.Escape(entry.Name, 200)}' shares its stored bytes with another member.", context.At(entry.HeaderOffset));
                context.ReportIncomplete(ScanIssueKind.Limit, "Members overlap; nothing was inflated.", entry.HeaderOffset);
                return true;
            }

            if (previousEnd > 0 && entry.HeaderOffset - previousEnd > MaxGap)
            {
                hidden += entry.HeaderOffset - previousEnd;
                hiddenAt = hiddenAt < 0 ? previousEnd : hiddenAt;
            }

            previousEnd = end;
        }

        // In front of the directory signing blocks of Android and of other tools have their place.
        if (hidden > 0)
            context.Report(ScanRules.ArchiveHiddenData, $"There are {hidden} bytes between members that belong to none.", context.At(hiddenAt, hidden));
        if (previousEnd > directoryStart && members.Count > 0)
        {
            context.Report(ScanRules.ArchiveBomb, "A member reaches into the directory of the archive.", context.At(directoryStart));
            context.ReportIncomplete(ScanIssueKind.Limit, "A member overlaps the directory; nothing was inflated.", directoryStart);
            return true;
        }

        return false;
    }

    private static void ReadMember(AnalysisContext context, Stream stream, EntryNames names, ZipEntryRecord entry, long start, long end)
    {
        string shown = PrintableText.Escape(entry.Name, 200);
        if (entry.IsEncrypted)
        {
            context.ReportIncomplete(ScanIssueKind.Encrypted, $"The member '{shown}' is encrypted.", entry.HeaderOffset);
            return;
        }

        if (entry.IsDirectory && entry.CompressedLength == 0)
            return;
        if ((entry.UnixMode & 0xC00) != 0 && (entry.UnixMode & FileTypeMask) is 0 or 0x8000)
            context.Report(ScanRules.ArchiveSpecialFile, $"The member '{shown}' has the set-user-id or set-group-id bit.", context.At(entry.HeaderOffset));
        if ((entry.UnixMode & FileTypeMask) is 0x1000 or 0x2000 or 0x6000 or 0xC000)
            context.Report(ScanRules.ArchiveSpecialFile, $"The member '{shown}' is a device, pipe or socket.", context.At(entry.HeaderOffset));
        var part = new SubStream(stream, start, end - start);
        Stream? inflated = entry.Method switch
        {
            0 => part,
            8 => new DeflateStream(part, CompressionMode.Decompress),
            _ => null,
        };
        if (inflated is null)
        {
            context.ReportIncomplete(ScanIssueKind.Unsupported, $"The member '{shown}' is compressed with method {entry.Method} ({MethodName(entry.Method)}), which is not looked into.", entry.HeaderOffset);
            return;
        }

        using var counting = new CountingStream(inflated, context, end - start);
        if ((entry.UnixMode & FileTypeMask) == SymbolicLink)
        {
            ReadLink(context, names, entry, counting);
            return;
        }

        context.ScanMember(entry.Name, counting, entry.Length);
        Conclude(context, entry, shown, counting);
    }

    private static void Conclude(AnalysisContext context, ZipEntryRecord entry, string shown, CountingStream counting)
    {
        if (counting.Violation is { } violation)
        {
            context.Report(new Finding(
                ScanRules.ArchiveBomb,
                $"The member '{shown}' reached the limit {violation}: {counting.Count} bytes came out of {entry.CompressedLength}, {entry.Length} were announced.",
                context.At(entry.HeaderOffset)) { Identity = shown });
            return;
        }

        if (counting.AtEnd && counting.Count != entry.Length)
            context.Report(new Finding(ScanRules.ArchiveHeaderMismatch, $"The member '{shown}' has {counting.Count} bytes, {entry.Length} were announced.", context.At(entry.HeaderOffset)) { Identity = shown });
        else if (counting.AtEnd && counting.Checksum != entry.Checksum)
            context.Report(new Finding(ScanRules.ArchiveHeaderMismatch, $"The content of the member '{shown}' does not have the announced checksum.", context.At(entry.HeaderOffset)) { Identity = shown });
    }

    private static void ReadLink(AnalysisContext context, EntryNames names, ZipEntryRecord entry, CountingStream content)
    {
        byte[] target = new byte[context.Limits.MaxEntryNameLength];
        int length = 0;
        try
        {
            length = content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, $"The target of the link '{PrintableText.Escape(entry.Name, 200)}' cannot be unpacked.", entry.HeaderOffset);
        }

        names.CheckLink(entry.Name, Encoding.UTF8.GetString(target, 0, length), symbolic: true, entry.HeaderOffset);
    }

    private static string MethodName(ushort method) => method switch
    {
        1 => "shrink",
        >= 2 and <= 5 => "reduce",
        6 => "implode",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "XZ",
        97 => "WavPack",
        98 => "PPMd",
        99 => "AES encryption",
        _ => "unknown",
    };
}
