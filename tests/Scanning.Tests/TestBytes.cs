namespace SecurityToolchain.Scanning.Tests;

/// <summary>Reproducible bytes.</summary>
internal static class TestBytes
{
    /// <summary>The input of the official BLAKE3 vectors: 0 to 250, again and again.</summary>
    public static byte[] Counting(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)(i % 251);
        return bytes;
    }

    /// <summary>Bytes that look random and are the same in every run (xorshift).</summary>
    public static byte[] Noise(int length, ulong seed = 1)
    {
        byte[] bytes = new byte[length];
        ulong state = unchecked(seed * 0x9E3779B97F4A7C15UL) | 1;
        for (int i = 0; i < length; i++)
        {
            unchecked
            {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
            }

            bytes[i] = unchecked((byte)(state >> 24));
        }

        return bytes;
    }
}
