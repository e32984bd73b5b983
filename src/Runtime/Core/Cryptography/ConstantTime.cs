using System.Buffers;
using System.Buffers.Text;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Comparisons of tags, digests and tokens whose time depends on the lengths, not on where the first difference is. Thread safe.
/// </summary>
public static class ConstantTime
{
    private const int StackLimit = 256;

    /// <summary>Compares bytes.</summary>
    /// <param name="left">Any length.</param>
    /// <param name="right">Any length; a different length is a difference.</param>
    public static bool Equals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => CryptographicOperations.FixedTimeEquals(left, right);

    /// <summary>Compares bytes. A missing value equals nothing, not even another missing value.</summary>
    /// <param name="left">A value, or <see langword="null"/> for none.</param>
    /// <param name="right">A value, or <see langword="null"/> for none.</param>
    public static bool Equals(byte[]? left, byte[]? right) =>
        left is not null && right is not null && CryptographicOperations.FixedTimeEquals(left, right);

    /// <summary>Compares text, character by character (ordinal). A missing value equals nothing, not even another missing value.</summary>
    /// <param name="left">A value, or <see langword="null"/> for none.</param>
    /// <param name="right">A value, or <see langword="null"/> for none.</param>
    public static bool Equals(string? left, string? right) => TextEquals(left, right);

    /// <summary>Does not compile: two values of other types would be compared by <see cref="object.Equals(object, object)"/>, in variable time.</summary>
    /// <param name="objA">Not used.</param>
    /// <param name="objB">Not used.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    [Obsolete("Only bytes and text compare in constant time.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static new bool Equals(object? objA, object? objB) => throw new NotSupportedException();

    /// <summary>Compares text, character by character (ordinal). A missing value equals nothing, not even another missing value.</summary>
    /// <param name="left">A value, or <see langword="null"/> for none.</param>
    /// <param name="right">A value, or <see langword="null"/> for none.</param>
    public static bool TextEquals(string? left, string? right) =>
        left is not null && right is not null && TextEquals(left.AsSpan(), right.AsSpan());

    /// <summary>Compares text, character by character (ordinal).</summary>
    /// <param name="left">Any length.</param>
    /// <param name="right">Any length; a different length is a difference.</param>
    public static bool TextEquals(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(left), MemoryMarshal.AsBytes(right));

    /// <summary>Compares the bytes behind two hexadecimal texts; upper and lower case are the same. Text that is not hexadecimal equals nothing.</summary>
    /// <param name="left">An even number of hexadecimal digits.</param>
    /// <param name="right">An even number of hexadecimal digits.</param>
    public static bool HexEquals(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => Decode(left, right, DecodeHex);

    /// <summary>
    /// Compares the bytes behind two base64 texts; both may be in the standard or in the URL alphabet, with or without padding.
    /// Text that is not base64 equals nothing.
    /// </summary>
    /// <param name="left">Base64 or base64url.</param>
    /// <param name="right">Base64 or base64url.</param>
    public static bool Base64Equals(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => Decode(left, right, DecodeBase64);

    private delegate int Decoder(ReadOnlySpan<char> text, Span<byte> destination);

    private static bool Decode(ReadOnlySpan<char> left, ReadOnlySpan<char> right, Decoder decoder)
    {
        // No encoding here writes more bytes than it has characters.
        byte[]? rented = null;
        int needed = checked(left.Length + right.Length);
        Span<byte> buffer = needed <= StackLimit ? stackalloc byte[StackLimit] : (rented = ArrayPool<byte>.Shared.Rent(needed));
        try
        {
            Span<byte> leftBytes = buffer[..left.Length];
            Span<byte> rightBytes = buffer.Slice(left.Length, right.Length);
            int leftCount = decoder(left, leftBytes);
            int rightCount = decoder(right, rightBytes);
            return leftCount >= 0 && rightCount >= 0
                && CryptographicOperations.FixedTimeEquals(leftBytes[..leftCount], rightBytes[..rightCount]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int DecodeHex(ReadOnlySpan<char> text, Span<byte> destination) =>
        Convert.FromHexString(text, destination, out _, out int written) == OperationStatus.Done ? written : -1;

    private static int DecodeBase64(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.ContainsAny(' ', '\n') || text.ContainsAny('\r', '\t'))
            return -1;
        if (text.ContainsAny('-', '_'))
            return DecodeUrl(text, destination);
        if (text.Length % 4 == 0)
            return Convert.TryFromBase64Chars(text, destination, out int bytes) ? bytes : -1;
        // Standard alphabet without padding: the two alphabets differ in two characters only.
        char[] url = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            text.Replace(url, '+', '-');
            url.AsSpan(0, text.Length).Replace('/', '_');
            return DecodeUrl(url.AsSpan(0, text.Length), destination);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(url, clearArray: true);
        }
    }

    private static int DecodeUrl(ReadOnlySpan<char> text, Span<byte> destination) =>
        Base64Url.DecodeFromChars(text, destination, out _, out int written) == OperationStatus.Done ? written : -1;
}
