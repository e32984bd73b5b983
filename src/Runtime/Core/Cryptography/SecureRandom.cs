using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Random values for secrets, from the operating system's generator, without modulo bias. The members mirror those of
/// <c>System.Random</c>, so that moving over changes the range and the alphabet of nothing. Thread safe.
/// </summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The type of the number is what the member is about.")]
public static class SecureRandom
{
    /// <summary>The 62 letters and digits of ASCII: 5.95 bits per character.</summary>
    public const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The ten digits: 3.32 bits per character.</summary>
    public const string Digits = "0123456789";

    /// <summary>Crockford's 32 characters: no I, L, O or U, for people who read codes aloud. 5 bits per character.</summary>
    public const string Readable = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Most bytes or characters that one call makes: 16 MiB (16,777,216).</summary>
    public const int MaxCount = 16 * 1024 * 1024;

    /// <summary>Returns a token of letters and digits; 32 characters hold 190 bits.</summary>
    /// <param name="length">Characters: 1 to <see cref="MaxCount"/>. Default 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static string Token(int length = 32) => Token(length, Alphanumeric);

    /// <summary>Returns a token of characters drawn uniformly from an alphabet.</summary>
    /// <param name="length">Characters: 1 to <see cref="MaxCount"/>.</param>
    /// <param name="alphabet">2 to 65,536 characters. A character that occurs twice comes up twice as often.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    /// <exception cref="ArgumentException">The alphabet has fewer than 2 characters.</exception>
    public static string Token(int length, ReadOnlySpan<char> alphabet)
    {
        CheckCount(length, 1, nameof(length));
        if (alphabet.Length < 2)
            throw Error.Invalid(nameof(alphabet), "The alphabet must have at least 2 characters.");
        return RandomNumberGenerator.GetString(alphabet, length);
    }

    /// <summary>Returns random bytes.</summary>
    /// <param name="count">0 to <see cref="MaxCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of range.</exception>
    public static byte[] Bytes(int count)
    {
        CheckCount(count, 0, nameof(count));
        return RandomNumberGenerator.GetBytes(count);
    }

    /// <summary>Overwrites a span with random bytes.</summary>
    /// <param name="destination">Any length.</param>
    public static void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);

    /// <summary>Returns random bytes as lower-case hexadecimal text, two characters a byte.</summary>
    /// <param name="byteCount">1 to <see cref="MaxCount"/>. Default 32 bytes, 64 characters.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of range.</exception>
    public static string Hex(int byteCount = 32)
    {
        CheckCount(byteCount, 1, nameof(byteCount));
        return RandomNumberGenerator.GetHexString(checked(byteCount * 2), lowercase: true);
    }

    /// <summary>Returns random bytes as base64url text without padding (RFC 4648, section 5): safe in URLs, headers and file names.</summary>
    /// <param name="byteCount">1 to <see cref="MaxCount"/>. Default 32 bytes, 43 characters.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of range.</exception>
    public static string Base64Url(int byteCount = 32)
    {
        CheckCount(byteCount, 1, nameof(byteCount));
        byte[] bytes = RandomNumberGenerator.GetBytes(byteCount);
        string text = System.Buffers.Text.Base64Url.EncodeToString(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return text;
    }

    /// <summary>Returns a number from 0 up to <see cref="int.MaxValue"/>, that one excluded, as <c>System.Random.Next()</c> does.</summary>
    public static int Int32() => RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>Returns a number from 0 up to a bound, the bound excluded.</summary>
    /// <param name="exclusiveMaximum">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is less than 1.</exception>
    public static int Int32(int exclusiveMaximum) => RandomNumberGenerator.GetInt32(exclusiveMaximum);

    /// <summary>Returns a number from one bound up to another, the upper one excluded.</summary>
    /// <param name="inclusiveMinimum">Lowest value.</param>
    /// <param name="exclusiveMaximum">Greater than <paramref name="inclusiveMinimum"/>.</param>
    /// <exception cref="ArgumentException">The range is empty.</exception>
    public static int Int32(int inclusiveMinimum, int exclusiveMaximum) => RandomNumberGenerator.GetInt32(inclusiveMinimum, exclusiveMaximum);

    /// <summary>Returns a number from one bound up to another, the upper one excluded.</summary>
    /// <param name="inclusiveMinimum">Lowest value.</param>
    /// <param name="exclusiveMaximum">Greater than <paramref name="inclusiveMinimum"/>.</param>
    /// <exception cref="ArgumentException">The range is empty.</exception>
    public static long Int64(long inclusiveMinimum, long exclusiveMaximum)
    {
        if (inclusiveMinimum >= exclusiveMaximum)
            throw Error.Invalid(nameof(exclusiveMaximum), Error.Invariant($"The range from {inclusiveMinimum} to {exclusiveMaximum} is empty."));
        ulong range = unchecked((ulong)exclusiveMaximum - (ulong)inclusiveMinimum);
        // Values above the last whole multiple of the range would come up more often, so they are drawn again.
        ulong rejectFrom = ulong.MaxValue - (((ulong.MaxValue % range) + 1) % range);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ulong value;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }
        while (value > rejectFrom);
        return unchecked((long)((ulong)inclusiveMinimum + (value % range)));
    }

    /// <summary>Returns a number from 0.0 up to 1.0, that one excluded, with 53 random bits.</summary>
    public static double Double() => Int64(0, 1L << 53) / (double)(1L << 53);

    /// <summary>Puts the items into a random order, each order equally likely.</summary>
    /// <typeparam name="T">Type of an item.</typeparam>
    /// <param name="values">Changed in place.</param>
    public static void Shuffle<T>(Span<T> values) => RandomNumberGenerator.Shuffle(values);

    /// <summary>Draws items with repetition, each equally likely.</summary>
    /// <typeparam name="T">Type of an item.</typeparam>
    /// <param name="choices">At least one item.</param>
    /// <param name="length">Items to draw: 0 to <see cref="MaxCount"/>.</param>
    /// <exception cref="ArgumentException">There is no choice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static T[] GetItems<T>(ReadOnlySpan<T> choices, int length)
    {
        CheckCount(length, 0, nameof(length));
        return RandomNumberGenerator.GetItems(choices, length);
    }

    private static void CheckCount(int count, int minimum, string parameter)
    {
        if (count < minimum || count > MaxCount)
            throw Error.OutOfRange(parameter, "The count", minimum, MaxCount, count);
    }
}
