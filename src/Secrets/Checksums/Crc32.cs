namespace SecurityToolchain.Secrets.Checksums;

/// <summary>CRC-32 of ISO 3309 (polynomial 0x04C11DB7, reflected), the one of zip and PNG.</summary>
internal static class Crc32
{
    private const uint ReflectedPolynomial = 0xEDB88320;
    private static readonly uint[] s_table = BuildTable();

    /// <summary>The checksum of ASCII characters; characters above 0xFF count by their low byte.</summary>
    public static uint Compute(ReadOnlySpan<char> ascii)
    {
        uint crc = uint.MaxValue;
        foreach (char c in ascii)
            crc = crc >> 8 ^ s_table[(crc ^ c) & 0xFF];
        return ~crc;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? value >> 1 ^ ReflectedPolynomial : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
