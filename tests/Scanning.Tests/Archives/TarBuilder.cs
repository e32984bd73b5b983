using System.Globalization;
using System.Text;

namespace SecurityToolchain.Scanning.Tests.Archives;

/// <summary>Writes tar archives header by header.</summary>
internal sealed class TarBuilder
{
    private readonly MemoryStream _stream = new();

    public TarBuilder Add(string name, byte[] content, char type = '0', string link = "", int mode = 420, long? length = null)
    {
        byte[] block = new byte[512];
        Encoding.UTF8.GetBytes(name, block);
        Write(block, 100, 8, mode);
        Write(block, 108, 8, 0);
        Write(block, 116, 8, 0);
        Write(block, 124, 12, length ?? content.Length);
        Write(block, 136, 12, 0);
        block[156] = (byte)type;
        Encoding.UTF8.GetBytes(link, block.AsSpan(157));
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        block.AsSpan(148, 8).Fill((byte)' ');
        Write(block, 148, 7, block.Sum(static b => (long)b));
        _stream.Write(block);
        _stream.Write(content);
        _stream.Write(new byte[(512 - (content.Length % 512)) % 512]);
        return this;
    }

    public byte[] Build() => [.. _stream.ToArray(), .. new byte[1024]];

    private static void Write(byte[] block, int offset, int length, long value) =>
        Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(length - 1, '0').ToString(CultureInfo.InvariantCulture), block.AsSpan(offset));
}
