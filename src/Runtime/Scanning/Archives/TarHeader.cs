
namespace SecurityToolchain.Scanning.Archives;

/// <summary>One 512-byte header of a tar archive (POSIX.1-2001 ustar, with the base-256 numbers of GNU).</summary>
internal readonly record struct TarHeader(string Name, string LinkName, long Length, char Type, int Mode)
{
    public const int BlockLength = 512;

    /// <summary>Reads a header.</summary>
    /// <returns>Null when the checksum or a number is wrong.</returns>
    public static TarHeader? TryParse(ReadOnlySpan<byte> block)
    {
        long sum = 8 * ' ';
        for (int i = 0; i < BlockLength; i++)
        {
            if (i is < 148 or >= 156)
                sum += block[i];
        }

        if (!TryNumber(block.Slice(148, 8), out long stated) || stated != sum || !TryNumber(block.Slice(124, 12), out long length) || length < 0)
            return null;
        TryNumber(block.Slice(100, 8), out long mode);
        string name = Text(block[..100]);
        if (block.Slice(257, 5).SequenceEqual("ustar"u8) && block[345] != 0 && block[263] == (byte)'0')
            name = Text(block.Slice(345, 155)) + "/" + name;
        char type = block[156] == 0 ? '0' : (char)block[156];
        return new TarHeader(name, Text(block.Slice(157, 100)), length, type, (int)(mode & 0xFFFF));
    }

    public static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return ZipDirectory.DecodeName(end < 0 ? field : field[..end], 0);
    }

    private static bool TryNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        if ((field[0] & 0x80) != 0)
        {
            // Base 256, most significant byte first.
            for (int i = 1; i < field.Length; i++)
            {
                if (value > long.MaxValue >> 8)
                    return false;
                value = (value << 8) | field[i];
            }

            return field[0] == 0x80;
        }

        foreach (byte digit in field)
        {
            if (digit is >= (byte)'0' and <= (byte)'7')
            {
                if (value > long.MaxValue >> 3)
                    return false;
                value = (value << 3) | (long)(digit - (byte)'0');
            }
            else if (digit is not ((byte)' ' or 0))
            {
                return false;
            }
        }

        return true;
    }
}
