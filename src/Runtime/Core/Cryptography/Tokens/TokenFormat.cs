using System.Buffers;
using System.Numerics;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Makes tokens that say what they are and that a scanner or a server can tell from noise without a look-up:
/// <c>prefix_secret_checksum</c>, for example <c>shop_live_4f…_0x9Kd2</c>.
/// </summary>
/// <remarks>
/// Parameters: secret in letters and digits (43 characters are 256 bits), checksum 6 letters and digits of CRC-32C over everything
/// before it. The checksum finds typing errors and fakes made by people; it proves nothing. Immutable, thread safe.
/// </remarks>
public sealed class TokenFormat
{
    /// <summary>Characters of the checksum: 6.</summary>
    public const int ChecksumLength = 6;

    /// <summary>Characters of the secret by default: 43, which hold 256 bits.</summary>
    public const int DefaultSecretLength = 43;

    private const int MaxPrefixLength = 32;

    private static readonly SearchValues<char> s_prefixCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");
    private static readonly SearchValues<char> s_secretCharacters = SearchValues.Create(SecureRandom.Alphanumeric);

    /// <summary>Creates a format.</summary>
    /// <param name="prefix">1 to 32 lower-case letters, digits and underscores, such as <c>shop_live</c>; starts with a letter.</param>
    /// <param name="secretLength">22 (131 bits) to 512 characters. Default 43 (256 bits).</param>
    /// <exception cref="ArgumentException">The prefix has another form.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public TokenFormat(string prefix, int secretLength = DefaultSecretLength)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        if (prefix.Length > MaxPrefixLength || !char.IsAsciiLetterLower(prefix[0]) || prefix.EndsWith('_')
            || prefix.AsSpan().ContainsAnyExcept(s_prefixCharacters))
        {
            throw Error.Invalid(nameof(prefix), "The prefix must be 1 to 32 lower-case letters, digits and underscores, start with a letter and not end with an underscore.");
        }

        if (secretLength is < 22 or > 512)
            throw Error.OutOfRange(nameof(secretLength), "The length of the secret in characters", 22, 512, secretLength);
        Prefix = prefix;
        SecretLength = secretLength;
    }

    /// <summary>What every token starts with.</summary>
    public string Prefix { get; }

    /// <summary>Characters of the secret.</summary>
    public int SecretLength { get; }

    /// <summary>Characters of a token.</summary>
    public int Length => Prefix.Length + 1 + SecretLength + 1 + ChecksumLength;

    /// <summary>Makes a new token.</summary>
    public string Create()
    {
        string body = $"{Prefix}_{SecureRandom.Token(SecretLength)}";
        return $"{body}_{Checksum(body)}";
    }

    /// <summary>Whether text has the form of a token, checksum included. It need not have been issued.</summary>
    /// <param name="token">Any text.</param>
    public bool IsWellFormed(ReadOnlySpan<char> token)
    {
        if (token.Length != Length || !token.StartsWith(Prefix, StringComparison.Ordinal) || token[Prefix.Length] != '_')
            return false;
        ReadOnlySpan<char> body = token[..^(ChecksumLength + 1)];
        return !body[(Prefix.Length + 1)..].ContainsAnyExcept(s_secretCharacters)
            && token[body.Length] == '_'
            && token[(body.Length + 1)..].SequenceEqual(Checksum(body));
    }

    /// <summary>Computes six base-62 digits of CRC-32C over ASCII text.</summary>
    internal static string Checksum(ReadOnlySpan<char> text)
    {
        uint crc = uint.MaxValue;
        foreach (char character in text)
            crc = BitOperations.Crc32C(crc, (byte)character);
        crc = ~crc;
        return string.Create(ChecksumLength, crc, static (digits, value) =>
        {
            for (int i = digits.Length - 1; i >= 0; i--)
            {
                digits[i] = SecureRandom.Alphanumeric[(int)(value % 62)];
                value /= 62;
            }
        });
    }
}
