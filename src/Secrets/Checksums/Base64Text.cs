namespace SecurityToolchain.Secrets.Checksums;

/// <summary>Decodes base64 and base64url, padded or not, without exceptions for text that is neither.</summary>
internal static class Base64Text
{
    /// <summary>The bytes, or null when a character does not belong or the length cannot be.</summary>
    public static byte[]? TryDecode(ReadOnlySpan<char> text)
    {
        int length = text.Length;
        while (length > 0 && text[length - 1] == '=')
            length--;
        if (text.Length - length > 2 || length % 4 == 1)
            return null;
        var bytes = new byte[(int)((long)length * 6 / 8)];
        int buffer = 0, bits = 0, written = 0;
        for (int i = 0; i < length; i++)
        {
            int digit = Digit(text[i]);
            if (digit < 0)
                return null;
            buffer = (buffer << 6 | digit) & 0xFFFFFF;
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[written++] = (byte)(buffer >> bits & 0xFF);
            }
        }

        return bytes;
    }

    /// <summary>Whether the first twelve bytes that the text decodes to are printable ASCII.</summary>
    public static bool StartsAsText(ReadOnlySpan<char> text)
    {
        int buffer = 0, bits = 0;
        foreach (char c in text.Slice(0, Math.Min(16, text.Length)))
        {
            int digit = Digit(c);
            if (digit < 0)
                return false;
            buffer = (buffer << 6 | digit) & 0xFFFFFF;
            bits += 6;
            if (bits < 8)
                continue;
            bits -= 8;
            if ((buffer >> bits & 0xFF) is (< 0x20 and not (0x09 or 0x0A or 0x0D)) or > 0x7E)
                return false;
        }

        return true;
    }

    private static int Digit(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };
}
