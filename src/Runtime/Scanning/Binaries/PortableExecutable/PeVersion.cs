using System.Text;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>Reads the texts of a version resource: company, product, original name.</summary>
internal static class PeVersion
{
    private const int MaxTexts = 64, MaxLength = 256;

    /// <summary>Reads the pairs of names and texts.</summary>
    /// <param name="bytes">The version resource.</param>
    public static IReadOnlyList<(string Name, string Text)> Read(ReadOnlySpan<byte> bytes)
    {
        var texts = new List<(string, string)>();
        var reader = new SpanReader(bytes);
        // Blocks are nested; each has length, value length, kind, key, padding, value, padding, children. A block with a text value is a leaf.
        int at = 0, steps = 0;
        while (at + 6 <= bytes.Length && texts.Count < MaxTexts && steps++ < 1000)
        {
            int length = reader.UInt16(at), valueLength = reader.UInt16(at + 2), kind = reader.UInt16(at + 4);
            int keyStart = at + 6, keyEnd = keyStart;
            while (keyEnd + 2 <= bytes.Length && reader.UInt16(keyEnd) != 0)
                keyEnd += 2;
            if (length < 6 || keyEnd + 2 > bytes.Length)
                break;
            string key = Encoding.Unicode.GetString(bytes[keyStart..keyEnd]);
            int value = Align(keyEnd + 2);
            bool container = key is "VS_VERSION_INFO" or "StringFileInfo" or "VarFileInfo" || (kind == 1 && valueLength == 0 && key.Length == 8 && key.All(char.IsAsciiHexDigit));
            if (container)
            {
                at = Align(value + (kind == 0 ? valueLength : 0));
                continue;
            }

            if (kind == 1 && valueLength > 0)
            {
                string text = Encoding.Unicode.GetString(reader.SliceUpTo(value, Math.Min(2L * valueLength, 2 * MaxLength))).TrimEnd('\0', ' ');
                if (text.Length > 0)
                    texts.Add((key, text));
            }

            at = Align(at + length);
        }

        return texts;
    }

    private static int Align(int offset) => (offset + 3) & ~3;
}
