namespace SecurityToolchain.Runtime.Files.Archives;

/// <summary>CRC-32 as in ZIP and gzip, to find damage. It proves nothing against intent.</summary>
/// <remarks>Reference: ISO 3309; polynomial 0xEDB88320, reflected. Slicing by four bytes at a time.</remarks>
internal static class Crc32
{
    public const uint Initial = uint.MaxValue;

    private static readonly uint[] s_table = MakeTable();

    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint[] table = s_table;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            crc ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = table[768 + (crc & 0xFF)] ^ table[512 + ((crc >> 8) & 0xFF)] ^ table[256 + ((crc >> 16) & 0xFF)] ^ table[crc >> 24];
        }

        foreach (byte value in bytes)
            crc = (crc >> 8) ^ table[(crc ^ value) & 0xFF];
        return crc;
    }

    public static uint Finish(uint crc) => ~crc;

    private static uint[] MakeTable()
    {
        uint[] table = new uint[1024];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            table[value] = crc;
        }

        for (int value = 256; value < 1024; value++)
            table[value] = (table[value - 256] >> 8) ^ table[table[value - 256] & 0xFF];
        return table;
    }
}
