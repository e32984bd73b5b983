using System.Collections.Immutable;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.Elf;

/// <summary>Parses ELF32 and ELF64 in both byte orders. Never throws on any bytes.</summary>
/// <remarks>Reference: System V ABI, chapters 4 and 5; GNU extensions of the dynamic section and notes.</remarks>
public static class ElfParser
{
    private const int MaxNameLength = 4096;

    /// <summary>Parses an image.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="limits">Bounds for sections, symbols and steps.</param>
    /// <param name="error">What is wrong when the result is null.</param>
    /// <param name="truncated">Set when a limit cut a table.</param>
    public static ElfImage? TryParse(ReadOnlySpan<byte> bytes, ScanLimits limits, out string error, out string? truncated)
    {
        ArgumentNullException.ThrowIfNull(limits);
        truncated = null;
        error = "";
        if (bytes.Length < 52 || bytes[0] != 0x7F || !bytes[1..].StartsWith("ELF"u8) || bytes[4] is not (1 or 2) || bytes[5] is not (1 or 2))
        {
            error = "the identification is wrong";
            return null;
        }

        bool wide = bytes[4] == 2;
        var reader = new SpanReader(bytes, bytes[5] == 2);
        if (wide && bytes.Length < 64)
        {
            error = "the header is cut off";
            return null;
        }

        var anomalies = ImmutableArray.CreateBuilder<string>();
        var image = new ElfImage { Is64Bit = wide, IsBigEndian = bytes[5] == 2, Type = reader.UInt16(16), Machine = reader.UInt16(18) };
        image = ReadSegments(reader, image, anomalies, limits, ref truncated);
        image = ReadSections(reader, image, anomalies, limits, ref truncated);
        return image with { Anomalies = anomalies.ToImmutable() };
    }

    private static ulong Word(SpanReader reader, bool wide, long offset) => wide ? reader.UInt64(offset) : reader.UInt32(offset);

    private static long Offset(ulong value) => value > int.MaxValue ? -1 : (long)value;

    private static ElfImage ReadSegments(SpanReader reader, ElfImage image, ImmutableArray<string>.Builder anomalies, ScanLimits limits, ref string? truncated)
    {
        bool wide = image.Is64Bit;
        long table = Offset(Word(reader, wide, wide ? 32 : 28));
        int length = reader.UInt16(wide ? 54 : 42), count = reader.UInt16(wide ? 56 : 44);
        if (count == 0 || table <= 0)
            return image;
        if (count > limits.MaxSections)
        {
            truncated = $"The image has {count} segments; the limit {nameof(ScanLimits.MaxSections)} is {limits.MaxSections}.";
            count = limits.MaxSections;
        }

        if (length < (wide ? 56 : 32))
        {
            anomalies.Add("the rows of the segment table are too short");
            return image;
        }

        var segments = ImmutableArray.CreateBuilder<(uint, uint)>(count);
        var loads = new List<(ulong Address, ulong Offset, ulong Size)>();
        long dynamic = -1, dynamicLength = 0;
        for (int i = 0; i < count; i++)
        {
            long at = table + ((long)length * i);
            if (!reader.Contains(at, length))
            {
                anomalies.Add("the segment table is cut off");
                break;
            }

            uint type = reader.UInt32(at), flags = reader.UInt32(at + (wide ? 4 : 24));
            ulong offset = Word(reader, wide, at + (wide ? 8 : 4)), address = Word(reader, wide, at + (wide ? 16 : 8)), size = Word(reader, wide, at + (wide ? 32 : 16));
            segments.Add((type, flags));
            if (size > 0 && (offset > (ulong)reader.Length || size > (ulong)reader.Length - offset) && image.Type != 4)
                anomalies.Add($"segment {i} ends behind the end of the file");
            switch (type)
            {
                case 1:
                    loads.Add((address, offset, size));
                    break;
                case 2:
                    (dynamic, dynamicLength) = (Offset(offset), Offset(size));
                    break;
                case 3:
                    image = image with { Interpreter = reader.Latin1String(Offset(offset), (int)Math.Min(size, MaxNameLength)) };
                    break;
                case 4 or 0x6474E553:
                    image = ReadNotes(reader, image, Offset(offset), Offset(size));
                    break;
            }
        }

        image = image with { Segments = segments.ToImmutable() };
        return dynamic > 0 ? ReadDynamic(reader, image, loads, dynamic, dynamicLength, limits) : image;
    }

    private static ElfImage ReadNotes(SpanReader reader, ElfImage image, long at, long length)
    {
        long end = at + length;
        for (int i = 0; i < 64 && at >= 0 && at + 12 <= end; i++)
        {
            uint nameLength = reader.UInt32(at), dataLength = reader.UInt32(at + 4), type = reader.UInt32(at + 8);
            if (nameLength > 64 || dataLength > 4096)
                return image;
            long data = at + 12 + ((nameLength + 3) / 4 * 4);
            if (!reader.TrySlice(data, dataLength, out ReadOnlySpan<byte> content))
                return image;
            bool gnu = reader.SliceUpTo(at + 12, 4).SequenceEqual("GNU\0"u8);
            if (gnu && type == 3 && image.BuildId is null)
                image = image with { BuildId = Convert.ToHexStringLower(content) };
            if (gnu && type == 5 && dataLength >= 12)
            {
                // Properties: 0xC0000002 is x86 features (1 IBT, 2 SHSTK), 0xC0000000 AArch64 features (1 BTI, 2 PAC).
                uint property = reader.UInt32(data), value = reader.UInt32(data + 8);
                if ((property == 0xC0000002 && (value & 2) != 0) || (property == 0xC0000000 && (value & 1) != 0))
                    image = image with { HasShadowStackNote = true };
            }

            int align = image.Is64Bit && type == 5 ? 8 : 4;
            at = data + ((dataLength + align - 1) / align * align);
        }

        return image;
    }

    private static ElfImage ReadDynamic(SpanReader reader, ElfImage image, List<(ulong Address, ulong Offset, ulong Size)> loads, long table, long length, ScanLimits limits)
    {
        int row = image.Is64Bit ? 16 : 8;
        var needed = new List<ulong>();
        ulong strings = 0, name = 0, run = 0, path = 0, symbols = 0, hash = 0, gnuHash = 0;
        bool hasName = false, hasRun = false, hasPath = false, now = false, pie = false;
        for (int i = 0; i < Math.Min(length / row, limits.MaxParseIterations); i++)
        {
            long at = table + ((long)row * i);
            ulong tag = Word(reader, image.Is64Bit, at), value = Word(reader, image.Is64Bit, at + (row / 2));
            if (tag == 0)
                break;
            switch (tag)
            {
                case 1:
                    needed.Add(value);
                    break;
                case 4:
                    hash = value;
                    break;
                case 5:
                    strings = value;
                    break;
                case 6:
                    symbols = value;
                    break;
                case 14:
                    (name, hasName) = (value, true);
                    break;
                case 15:
                    (path, hasPath) = (value, true);
                    break;
                case 24:
                    now = true;
                    break;
                case 29:
                    (run, hasRun) = (value, true);
                    break;
                case 30:
                    now |= (value & 8) != 0;
                    break;
                case 0x6FFFFFFB:
                    now |= (value & 1) != 0;
                    pie = (value & 0x08000000) != 0;
                    break;
                case 0x6FFFFEF5:
                    gnuHash = value;
                    break;
            }
        }

        long text = ToOffset(loads, strings);
        string?[] paths = [hasPath ? At(reader, text, path) : null, hasRun ? At(reader, text, run) : null];
        return image with
        {
            Needed = [.. Names(reader, text, needed)],
            SharedObjectName = hasName ? At(reader, text, name) : null,
            RunPath = paths.Any(static p => p is not null) ? string.Join(':', paths.Where(static p => p is not null)) : null,
            IsBoundNow = now,
            IsPositionIndependentExecutable = pie,
            DynamicSymbols = ReadSymbols(reader, image, text, ToOffset(loads, symbols), SymbolCount(reader, image, loads, hash, gnuHash, limits)),
        };
    }

    private static List<string> Names(SpanReader reader, long text, List<ulong> offsets)
    {
        var names = new List<string>();
        foreach (ulong offset in offsets)
        {
            if (names.Count < 1000 && At(reader, text, offset) is { } name)
                names.Add(name);
        }

        return names;
    }

    // The classic table tells the count; the GNU one has to be walked to its last chain.
    private static int SymbolCount(SpanReader reader, ElfImage image, List<(ulong Address, ulong Offset, ulong Size)> loads, ulong hash, ulong gnuHash, ScanLimits limits)
    {
        if (hash != 0 && ToOffset(loads, hash) is var classic and >= 0)
            return (int)Math.Min(reader.UInt32(classic + 4), (uint)limits.MaxSymbols);
        if (gnuHash == 0 || ToOffset(loads, gnuHash) is not (var at and >= 0))
            return 0;
        uint buckets = reader.UInt32(at), first = reader.UInt32(at + 4), bloom = reader.UInt32(at + 8);
        if (buckets > limits.MaxSymbols || bloom > limits.MaxSymbols)
            return 0;
        long bucketTable = at + 16 + ((long)bloom * (image.Is64Bit ? 8 : 4)), chains = bucketTable + (4L * buckets);
        uint last = 0;
        for (int i = 0; i < buckets; i++)
            last = Math.Max(last, reader.UInt32(bucketTable + (4L * i)));
        if (last < first)
            return (int)Math.Min(first, (uint)limits.MaxSymbols);
        for (int i = 0; i < limits.MaxSymbols && reader.TryReadUInt32(chains + (4L * (last - first)), out uint value); i++, last++)
        {
            if ((value & 1) != 0)
                break;
        }

        return (int)Math.Min(last + 1L, limits.MaxSymbols);
    }

    private static ImmutableArray<string> ReadSymbols(SpanReader reader, ElfImage image, long text, long table, int count)
    {
        if (table < 0 || text < 0)
            return [];
        int row = image.Is64Bit ? 24 : 16;
        var names = ImmutableArray.CreateBuilder<string>();
        for (int i = 1; i < count && reader.TryReadUInt32(table + ((long)row * i), out uint name); i++)
        {
            if (name != 0 && At(reader, text, name) is { Length: > 0 } found)
                names.Add(found);
        }

        return names.ToImmutable();
    }

    private static string? At(SpanReader reader, long table, ulong offset) => table < 0 || offset > int.MaxValue ? null : reader.Latin1String(table + (long)offset, MaxNameLength);

    private static long ToOffset(List<(ulong Address, ulong Offset, ulong Size)> loads, ulong address)
    {
        foreach ((ulong start, ulong offset, ulong size) in loads)
        {
            if (address >= start && address - start < size && offset <= int.MaxValue && address - start <= int.MaxValue)
                return (long)offset + (long)(address - start);
        }

        return -1;
    }

    private static ElfImage ReadSections(SpanReader reader, ElfImage image, ImmutableArray<string>.Builder anomalies, ScanLimits limits, ref string? truncated)
    {
        bool wide = image.Is64Bit;
        long table = Offset(Word(reader, wide, wide ? 40 : 32));
        int length = reader.UInt16(wide ? 58 : 46), count = reader.UInt16(wide ? 60 : 48), nameIndex = reader.UInt16(wide ? 62 : 50);
        if (table <= 0 || count == 0)
            return image;
        if (length < (wide ? 64 : 40) || !reader.Contains(table, (long)length * count))
        {
            anomalies.Add("the section table lies outside the file");
            return image;
        }

        if (count > limits.MaxSections)
        {
            truncated ??= $"The image has {count} sections; the limit {nameof(ScanLimits.MaxSections)} is {limits.MaxSections}.";
            count = limits.MaxSections;
        }

        long namesAt = nameIndex < count ? Offset(Word(reader, wide, table + ((long)length * nameIndex) + (wide ? 24 : 16))) : -1;
        var sections = ImmutableArray.CreateBuilder<(string, ulong)>(count);
        bool symbols = false;
        for (int i = 0; i < count; i++)
        {
            long at = table + ((long)length * i);
            sections.Add((At(reader, namesAt, reader.UInt32(at)) ?? "", Word(reader, wide, at + 8)));
            symbols |= reader.UInt32(at + 4) == 2;
        }

        return image with { Sections = sections.ToImmutable(), HasSymbolTable = symbols };
    }
}
