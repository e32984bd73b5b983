using System.Security.Cryptography;
using System.Text;

namespace SecurityToolchain.Secrets;

/// <summary>Makes texts that may be shown from texts that must not.</summary>
public static class Redaction
{
    /// <summary>What stands for the hidden part.</summary>
    public const string Mask = "***";

    /// <summary>The most characters of a public prefix that stay visible.</summary>
    public const int MaxVisiblePrefix = 12;

    private const int FingerprintBytes = 8;

    /// <summary>Hides a secret behind the public prefix of its format.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="publicPrefixLength">
    /// How many leading characters are the same in every token of the format; at most <see cref="MaxVisiblePrefix"/> of them and at
    /// most a third of the secret stay visible. 0 hides everything.
    /// </param>
    public static string Redact(ReadOnlySpan<char> secret, int publicPrefixLength = 0)
    {
        int visible = Math.Min(Math.Min(publicPrefixLength, MaxVisiblePrefix), secret.Length / 3);
        return visible <= 0 ? Mask : secret.Slice(0, visible).ToString() + Mask;
    }

    /// <summary>
    /// A stable fingerprint for baselines and allow-lists: 16 hexadecimal digits of HMAC-SHA-256 under a key that the caller keeps. Without
    /// a key a fingerprint of a guessable password would give the password away to anyone who can hash a word list.
    /// </summary>
    /// <param name="secret">The secret.</param>
    /// <param name="key">The key, at least 16 bytes.</param>
    /// <exception cref="ArgumentException">The key has fewer than 16 bytes.</exception>
    public static string Fingerprint(ReadOnlySpan<char> secret, byte[] key)
    {
        if (key is null || key.Length < 16)
            throw new ArgumentException("The fingerprint key needs at least 16 bytes.", nameof(key));
        byte[] text = Encoding.UTF8.GetBytes(secret.ToArray());
        using var hmac = new HMACSHA256(key);
        byte[] hash = hmac.ComputeHash(text);
        Array.Clear(text, 0, text.Length);
        var hex = new StringBuilder(FingerprintBytes * 2);
        for (int i = 0; i < FingerprintBytes; i++)
            hex.Append(hash[i].ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return hex.ToString();
    }
}
