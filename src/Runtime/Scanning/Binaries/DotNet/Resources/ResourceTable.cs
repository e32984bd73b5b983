using System.Text;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Resources;

/// <summary>
/// Reads the strings and byte arrays of a .resources file (version 2). Nothing is deserialized: values of other types are passed over. Never
/// throws on any bytes.
/// </summary>
internal static class ResourceTable
{
    private const int TextCode = 1, BytesCode = 0x20, StreamCode = 0x21;
    private const int MaxTypes = 10_000;

    public static bool IsTable(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xCE, 0xCA, 0xEF, 0xBE]);

    /// <summary>Reads the entries.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="maxEntries">The most entries.</param>
    /// <param name="entries">The entries in the order of the file.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, int maxEntries, List<ResourceEntry> entries)
    {
        var reader = new SpanReader(bytes);
        long at = 12L + reader.UInt32(8);
        uint version = reader.UInt32(at), count = reader.UInt32(at + 4), types = reader.UInt32(at + 8);
        if (!IsTable(bytes) || !reader.Contains(at, 12))
            return "the header of the resources is cut off";
        if (version != 2)
            return $"the resources are of version {version}";
        if (count > maxEntries || types > MaxTypes)
            return $"the resources announce {count} entries of {types} types; {maxEntries} entries are read";
        at += 12;
        for (uint i = 0; i < types; i++)
        {
            if (!TryReadLength(bytes, ref at, out int length))
                return "the type names of the resources are cut off";
            at += length;
        }

        at = (at + 7) & ~7L;
        long positions = at + (4L * count), names = positions + (4L * count) + 4, data = reader.UInt32(names - 4);
        if (!reader.Contains(at, (8L * count) + 4))
            return "the tables of the resources are cut off";
        for (uint i = 0; i < count; i++)
        {
            long name = names + reader.UInt32(positions + (4L * i));
            if (!TryReadLength(bytes, ref name, out int length) || !reader.TrySlice(name, length + 4L, out ReadOnlySpan<byte> text))
                return "a name of the resources lies outside";
            long value = data + reader.UInt32(name + length);
            if (!TryReadLength(bytes, ref value, out int code))
                return "a value of the resources lies outside";
            if (code is not (TextCode or BytesCode or StreamCode))
                continue;
            int size;
            if (code == TextCode)
            {
                if (!TryReadLength(bytes, ref value, out size))
                    return "a value of the resources lies outside";
            }
            else
            {
                size = (int)Math.Min(reader.UInt32(value), int.MaxValue);
                value += 4;
            }

            if (!reader.Contains(value, size))
                return "a value of the resources lies outside";
            entries.Add(new ResourceEntry(Encoding.Unicode.GetString(text[..length]), code == TextCode, (int)value, size));
        }

        return null;
    }

    // Seven bits a byte, the lowest first.
    private static bool TryReadLength(ReadOnlySpan<byte> bytes, ref long at, out int value)
    {
        value = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            if (at < 0 || at >= bytes.Length)
                return false;
            byte part = bytes[(int)at++];
            value |= (part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return true;
        }

        return false;
    }
}
