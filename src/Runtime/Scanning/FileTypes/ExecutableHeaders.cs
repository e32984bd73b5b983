using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>Recognises the headers of executables at any offset, strictly enough that chance does not produce them.</summary>
internal static class ExecutableHeaders
{
    public static bool IsPortableExecutable(SpanReader reader, long at)
    {
        if (!reader.TryReadUInt32(at + 0x3C, out uint header) || header is < 0x40 or > 0x1000)
            return false;
        long pe = at + header;
        return reader.UInt32(pe) == 0x00004550
            && reader.UInt16(pe + 4) is 0x14C or 0x8664 or 0xAA64 or 0x1C0 or 0x1C4 or 0x200
            && reader.UInt16(pe + 6) is > 0 and <= 96
            && reader.UInt16(pe + 24) is 0x10B or 0x20B;
    }

    public static bool IsElf(SpanReader reader, long at)
    {
        if (!reader.TrySlice(at, 20, out ReadOnlySpan<byte> ident) || !ident.StartsWith("\x7f"u8) || !ident[1..].StartsWith("ELF"u8))
            return false;
        if (ident[4] is not (1 or 2) || ident[5] is not (1 or 2) || ident[6] != 1)
            return false;
        int type = ident[5] == 1 ? ident[16] : ident[17];
        return type is >= 1 and <= 4;
    }
}
