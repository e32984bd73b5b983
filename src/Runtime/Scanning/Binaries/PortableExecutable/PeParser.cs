using System.Collections.Immutable;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>Parses PE and PE32+ headers and tables. Never throws on any bytes, follows no chain without a bound.</summary>
/// <remarks>Reference: Microsoft, "PE Format". Directory numbers: 0 export, 1 import, 2 resource, 4 certificate, 5 relocation, 6 debug, 9 TLS, 10 load configuration, 13 delay import, 14 CLR.</remarks>
public static class PeParser
{
    private const int SectionLength = 40;
    private const int MaxNameLength = 512;

    /// <summary>Parses an image.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">Bounds for sections, symbols and steps.</param>
    /// <param name="error">What is wrong when the result is null.</param>
    /// <param name="truncated">Set when a limit cut a table.</param>
    /// <returns>The image, or null when the bytes are no PE file.</returns>
    public static PeImage? TryParse(ReadOnlySpan<byte> bytes, ScanLimits limits, out string error, out string? truncated)
    {
        ArgumentNullException.ThrowIfNull(limits);
        truncated = null;
        var reader = new SpanReader(bytes);
        if (!bytes.StartsWith("MZ"u8) || !reader.TryReadUInt32(0x3C, out uint pe))
            return Fail("there is no MZ header", out error);
        if (reader.UInt32(pe) != 0x00004550)
            return Fail("there is no PE signature where the MZ header points", out error);
        ushort optionalLength = reader.UInt16(pe + 20L), sectionCount = reader.UInt16(pe + 6L);
        long optional = pe + 24L;
        ushort magic = reader.UInt16(optional);
        if (magic is not (0x10B or 0x20B))
            return Fail("the optional header is neither PE32 nor PE32+", out error);
        bool wide = magic == 0x20B;
        long directories = optional + (wide ? 112 : 96);
        if (!reader.Contains(optional, wide ? 112 : 96))
            return Fail("the optional header is cut off", out error);

        var anomalies = ImmutableArray.CreateBuilder<string>();
        uint directoryCount = reader.UInt32(directories - 4);
        if (directoryCount > 16)
            anomalies.Add($"the header announces {directoryCount} data directories");
        var table = ImmutableArray.CreateBuilder<(uint, uint)>(16);
        long room = Math.Max(0, (optional + optionalLength - directories) / 8);
        for (int i = 0; i < Math.Min(Math.Min(directoryCount, 16), room); i++)
            table.Add((reader.UInt32(directories + (8L * i)), reader.UInt32(directories + (8L * i) + 4)));

        if (sectionCount > limits.MaxSections)
            truncated = $"The image has {sectionCount} sections; the limit {nameof(ScanLimits.MaxSections)} is {limits.MaxSections}.";
        ImmutableArray<PeSection> sections = ReadSections(reader, optional + optionalLength, Math.Min(sectionCount, limits.MaxSections), anomalies);
        error = "";
        var image = new PeImage
        {
            Machine = reader.UInt16(pe + 4L),
            TimeDateStamp = reader.UInt32(pe + 8L),
            Characteristics = reader.UInt16(pe + 22L),
            Is64Bit = wide,
            EntryPoint = reader.UInt32(optional + 16),
            ImageBase = wide ? reader.UInt64(optional + 24) : reader.UInt32(optional + 28),
            CheckSum = reader.UInt32(optional + 64),
            CheckSumOffset = optional + 64,
            Subsystem = reader.UInt16(optional + 68),
            DllCharacteristics = reader.UInt16(optional + 70),
            DirectoriesOffset = directories,
            Directories = table.ToImmutable(),
            Sections = sections,
        };
        image = new PeTableReader(bytes, image, limits, anomalies).Read(ref truncated);
        if (image.EntryPoint != 0 && image.ToOffset(image.EntryPoint) < 0 && image.Sections.All(s => image.EntryPoint < s.VirtualAddress || image.EntryPoint - s.VirtualAddress >= Math.Max(s.VirtualSize, s.RawSize)))
            anomalies.Add($"the entry point 0x{image.EntryPoint:x} lies in no section");
        (long overlay, long size) = FindOverlay(bytes.Length, image);
        return image with { OverlayOffset = overlay, OverlaySize = size, RichHash = PeRichHeader.Hash(bytes, pe), Anomalies = anomalies.ToImmutable() };
    }

    private static ImmutableArray<PeSection> ReadSections(SpanReader reader, long start, int count, ImmutableArray<string>.Builder anomalies)
    {
        var sections = ImmutableArray.CreateBuilder<PeSection>(count);
        for (int i = 0; i < count; i++)
        {
            long at = start + ((long)SectionLength * i);
            if (!reader.TrySlice(at, SectionLength, out ReadOnlySpan<byte> row))
            {
                anomalies.Add($"the section table is cut off after {i} of {count} sections");
                break;
            }

            ReadOnlySpan<byte> name = row[..8];
            int end = name.IndexOf((byte)0);
            var section = new PeSection(
                System.Text.Encoding.Latin1.GetString(end < 0 ? name : name[..end]), reader.UInt32(at + 12), reader.UInt32(at + 8), reader.UInt32(at + 20), reader.UInt32(at + 16), reader.UInt32(at + 36));
            if (section.RawSize > 0 && (long)section.RawOffset + section.RawSize > reader.Length && (section.Characteristics & 0x80) == 0)
                anomalies.Add($"the section '{PrintableText.Escape(section.Name)}' ends at {(long)section.RawOffset + section.RawSize}, behind the end of the file");
            sections.Add(section);
        }

        return sections.ToImmutable();
    }

    private static (long Offset, long Size) FindOverlay(long length, PeImage image)
    {
        long end = 0;
        foreach (PeSection section in image.Sections)
        {
            if (section.RawSize > 0)
                end = Math.Max(end, (long)section.RawOffset + section.RawSize);
        }

        if (end == 0 || end >= length)
            return (-1, 0);
        long size = length - end;
        // The certificate table lies behind the sections too; its address is a file offset.
        if (image.Directories.Length > 4 && image.Directories[4] is { Size: > 0 } certificates && certificates.Address >= end && (long)certificates.Address + certificates.Size <= length)
        {
            size -= certificates.Size;
            if (certificates.Address - end < 16)
                size = length - certificates.Address - certificates.Size;
            end = certificates.Address - end < 16 ? (long)certificates.Address + certificates.Size : end;
        }

        return size > 0 ? (end, size) : (-1, 0);
    }

    private static PeImage? Fail(string reason, out string error)
    {
        error = reason;
        return null;
    }

    internal static string? Name(SpanReader reader, long offset) => offset < 0 ? null : reader.Latin1String(offset, MaxNameLength);
}
