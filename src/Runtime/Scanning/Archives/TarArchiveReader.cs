using System.Globalization;
using System.Text;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Archives;

/// <summary>Walks the members of a tar archive with ustar, pax and GNU headers.</summary>
internal static class TarArchiveReader
{
    private const int MaxExtendedLength = 1 << 20;

    public static void Read(AnalysisContext context, Stream stream)
    {
        byte[] block = new byte[TarHeader.BlockLength];
        var names = new EntryNames(context);
        string? longName = null, longLink = null;
        long? longLength = null;
        long at = 0;
        int members = 0;
        while (ZipDirectory.TryRead(stream, at, block))
        {
            context.Spend(TarHeader.BlockLength);
            if (context.Archives.Refused)
            {
                context.ReportIncomplete(ScanIssueKind.Limit, "The rest of the archive was not looked at, because a part of it is an archive bomb.", at);
                return;
            }

            if (!block.AsSpan().ContainsAnyExcept((byte)0))
                return;
            if (TarHeader.TryParse(block) is not { } header)
            {
                context.ReportIncomplete(ScanIssueKind.Malformed, $"The header of member {members + 1} is damaged.", at);
                return;
            }

            long data = at + TarHeader.BlockLength;
            long length = header.Type is 'x' or 'g' or 'L' or 'K' ? header.Length : longLength ?? header.Length;
            if (length > stream.Length - data)
            {
                context.ReportIncomplete(ScanIssueKind.Malformed, $"Member {members + 1} is said to have {length} bytes, more than the archive has.", at);
                return;
            }

            switch (header.Type)
            {
                case 'L' or 'K' or 'x' or 'g':
                    if (!TryReadExtended(context, stream, data, length, out byte[] extended))
                        return;
                    if (header.Type == 'L')
                        longName = TarHeader.Text(extended);
                    else if (header.Type == 'K')
                        longLink = TarHeader.Text(extended);
                    else if (header.Type == 'x')
                        ReadPax(extended, ref longName, ref longLink, ref longLength);
                    break;
                default:
                    members++;
                    CountEntry(context, at);
                    header = header with { Name = longName ?? header.Name, LinkName = longLink ?? header.LinkName, Length = length };
                    longName = longLink = null;
                    longLength = null;
                    ReadMember(context, stream, names, header, at, data);
                    break;
            }

            at = data + ((length + TarHeader.BlockLength - 1) / TarHeader.BlockLength * TarHeader.BlockLength);
        }

        if (at < stream.Length)
            context.ReportIncomplete(ScanIssueKind.Malformed, "The archive ends inside a header.", at);
    }

    private static void CountEntry(AnalysisContext context, long at)
    {
        if (++context.Archives.Entries <= context.Limits.MaxArchiveEntries)
            return;
        context.Report(ScanRules.ArchiveBomb, $"The archive has more members than the limit {nameof(ScanLimits.MaxArchiveEntries)} = {context.Limits.MaxArchiveEntries}.", context.At(at));
        throw new ScanLimitException(nameof(ScanLimits.MaxArchiveEntries), context.Limits.MaxArchiveEntries, "tar");
    }

    private static void ReadMember(AnalysisContext context, Stream stream, EntryNames names, TarHeader header, long at, long data)
    {
        string shown = PrintableText.Escape(header.Name, 200);
        names.Check(header.Name, at);
        if (header.Name.Length > context.Limits.MaxEntryNameLength)
            context.Report(ScanRules.ArchiveSpecialName, $"The name of a member has {header.Name.Length} characters; the limit {nameof(ScanLimits.MaxEntryNameLength)} is {context.Limits.MaxEntryNameLength}.", context.At(at), shown);
        switch (header.Type)
        {
            case '0' or '7':
                if ((header.Mode & 0xC00) != 0)
                    context.Report(ScanRules.ArchiveSpecialFile, $"The member '{shown}' has the set-user-id or set-group-id bit.", context.At(at));
                using (var counting = new CountingStream(new SubStream(stream, data, header.Length), context, header.Length))
                {
                    context.ScanMember(header.Name, counting, header.Length);
                    if (counting.Violation is { } violation)
                    {
                        context.Report(ScanRules.ArchiveBomb, $"The member '{shown}' reached the limit {violation} after {counting.Count} bytes.", context.At(at));
                        throw new ScanLimitException(violation, context.Limits.MaxTotalUncompressed, "tar");
                    }
                }

                break;
            case '1' or '2':
                names.CheckLink(header.Name, header.LinkName, symbolic: header.Type == '2', at);
                break;
            case '3' or '4' or '6':
                context.Report(ScanRules.ArchiveSpecialFile, $"The member '{shown}' is a device or pipe.", context.At(at));
                break;
            case '5' or 'V' or 'D':
                break;
            default:
                context.ReportIncomplete(ScanIssueKind.Unsupported, $"The member '{shown}' has the type '{PrintableText.Escape(header.Type.ToString())}', which is not looked into.", at);
                break;
        }
    }

    private static bool TryReadExtended(AnalysisContext context, Stream stream, long data, long length, out byte[] extended)
    {
        extended = [];
        if (length > MaxExtendedLength)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"An extended header has {length} bytes; at most {MaxExtendedLength} are read.", data);
            return false;
        }

        extended = new byte[length];
        return ZipDirectory.TryRead(stream, data, extended);
    }

    // Records are "LENGTH KEY=VALUE\n", the length counting the whole record.
    private static void ReadPax(ReadOnlySpan<byte> records, ref string? name, ref string? link, ref long? length)
    {
        while (!records.IsEmpty)
        {
            int blank = records.IndexOf((byte)' ');
            if (blank <= 0 || !int.TryParse(records[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size <= blank + 1 || size > records.Length)
                return;
            ReadOnlySpan<byte> record = records[(blank + 1)..(size - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals > 0)
            {
                ReadOnlySpan<byte> value = record[(equals + 1)..];
                switch (Encoding.ASCII.GetString(record[..Math.Min(equals, 16)]))
                {
                    case "path":
                        name = TarHeader.Text(value);
                        break;
                    case "linkpath":
                        link = TarHeader.Text(value);
                        break;
                    case "size" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long stated):
                        length = stated;
                        break;
                }
            }

            records = records[size..];
        }
    }
}
