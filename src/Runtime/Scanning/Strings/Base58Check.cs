using System.Numerics;
using System.Security.Cryptography;

namespace SecurityToolchain.Scanning.Strings;

/// <summary>The checksum of Bitcoin addresses: base58 of a version byte, 20 bytes and four bytes of a double SHA-256.</summary>
internal static class Base58Check
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static bool IsValid(string text)
    {
        BigInteger value = BigInteger.Zero;
        foreach (char c in text)
        {
            int digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
                return false;
            value = (value * 58) + digit;
        }

        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        if (bytes.Length > 25)
            return false;
        byte[] padded = new byte[25];
        bytes.CopyTo(padded, 25 - bytes.Length);
        byte[] digest = SHA256.HashData(SHA256.HashData(padded.AsSpan(0, 21)));
        return digest.AsSpan(0, 4).SequenceEqual(padded.AsSpan(21));
    }
}
