using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>Derives keys for different purposes from one strong key, so that no key is used for two things. Not for passwords.</summary>
/// <remarks>
/// Reference: RFC 5869. Parameters: input key 16 bytes or more, output 1 to 8,160 bytes.
/// Deviation: the purpose ("info") is required. Thread safe.
/// </remarks>
public static class HkdfSha256
{
    /// <summary>Shortest input key, in bytes: 16. A shorter one is a password in disguise.</summary>
    public const int MinInputKeySizeInBytes = 16;

    /// <summary>Largest output, in bytes: 8,160 (255 digests).</summary>
    public const int MaxOutputSizeInBytes = 255 * SHA256.HashSizeInBytes;

    /// <summary>Derives a key.</summary>
    /// <param name="inputKey">At least 16 bytes, uniformly random or from a key agreement.</param>
    /// <param name="purpose">Names what the key is for, such as <c>"orders/v1/encryption"u8</c>. At least 1 byte.</param>
    /// <param name="destination">1 to 8,160 bytes, all written.</param>
    /// <param name="salt">Random and public, or empty.</param>
    /// <exception cref="ArgumentException">The key is too short, the purpose empty, or the destination's size out of range.</exception>
    public static void DeriveKey(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> purpose, Span<byte> destination, ReadOnlySpan<byte> salt = default)
    {
        if (inputKey.Length < MinInputKeySizeInBytes)
            throw Error.TooShort(nameof(inputKey), "The input key", MinInputKeySizeInBytes, inputKey.Length);
        if (purpose.IsEmpty)
            throw Error.Invalid(nameof(purpose), "The purpose must not be empty: two keys without one would be the same key.");
        if (destination.Length is < 1 or > MaxOutputSizeInBytes)
            throw Error.OutOfRange(nameof(destination), "The output in bytes", 1, MaxOutputSizeInBytes, destination.Length);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKey, destination, salt, purpose);
    }

    /// <summary>Derives a key into locked memory.</summary>
    /// <param name="inputKey">At least 16 bytes, uniformly random or from a key agreement.</param>
    /// <param name="purpose">Names what the key is for. At least 1 byte.</param>
    /// <param name="sizeInBytes">1 to 8,160. Default 32.</param>
    /// <returns>A buffer that the caller disposes.</returns>
    /// <exception cref="ArgumentException">The key is too short, the purpose empty, or the size out of range.</exception>
    public static SecureBuffer DeriveKey(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> purpose, int sizeInBytes = 32)
    {
        var key = new SecureBuffer(sizeInBytes, MaxOutputSizeInBytes);
        try
        {
            DeriveKey(inputKey, purpose, key.Span);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
