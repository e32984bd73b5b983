using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>Derives keys from passwords with PBKDF2, and refuses a cost that does not slow a guesser down.</summary>
/// <remarks>
/// References: RFC 8018, section 5.2; NIST SP 800-132; OWASP Password Storage (floors).
/// Parameters: salt 16 bytes or more; iterations 600,000 or more with HMAC-SHA-256, 210,000 or more with HMAC-SHA-384 and HMAC-SHA-512.
/// Thread safe.
/// </remarks>
public static class Pbkdf2
{
    /// <summary>Shortest salt, in bytes: 16.</summary>
    public const int MinSaltSizeInBytes = 16;

    /// <summary>Fewest iterations with HMAC-SHA-256: 600,000.</summary>
    public const int MinIterationsSha256 = 600_000;

    /// <summary>Fewest iterations with HMAC-SHA-384 and HMAC-SHA-512: 210,000.</summary>
    public const int MinIterationsSha512 = 210_000;

    /// <summary>Most iterations, so that a stored number cannot stop the process: 10,000,000.</summary>
    public const int MaxIterations = 10_000_000;

    private const int MinOutputSizeInBytes = 16;
    private const int MaxOutputSizeInBytes = 1024;

    /// <summary>Derives bytes from a password.</summary>
    /// <param name="password">Any length.</param>
    /// <param name="salt">At least 16 bytes; random and different for every password.</param>
    /// <param name="destination">16 to 1,024 bytes, all written.</param>
    /// <param name="iterations">From the algorithm's floor to 10,000,000.</param>
    /// <param name="algorithm">SHA-256, SHA-384 or SHA-512.</param>
    /// <exception cref="ArgumentException">The salt is too short, the algorithm is another, or a number is out of range.</exception>
    public static void DeriveKey(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> destination, int iterations, HashAlgorithmName algorithm)
    {
        if (salt.Length < MinSaltSizeInBytes)
            throw Error.TooShort(nameof(salt), "The salt", MinSaltSizeInBytes, salt.Length);
        int floor = MinIterations(algorithm);
        if (iterations < floor || iterations > MaxIterations)
            throw Error.OutOfRange(nameof(iterations), $"The iterations of PBKDF2 with {algorithm.Name}", floor, MaxIterations, iterations);
        if (destination.Length is < MinOutputSizeInBytes or > MaxOutputSizeInBytes)
            throw Error.OutOfRange(nameof(destination), "The output in bytes", MinOutputSizeInBytes, MaxOutputSizeInBytes, destination.Length);
        Rfc2898DeriveBytes.Pbkdf2(password, salt, destination, iterations, algorithm);
    }

    /// <summary>Derives a key with HMAC-SHA-256 and the least iterations allowed, 600,000.</summary>
    /// <param name="password">Any length.</param>
    /// <param name="salt">At least 16 bytes; random and different for every password.</param>
    /// <param name="sizeInBytes">16 to 1,024. Default 32.</param>
    /// <returns>A buffer that the caller disposes.</returns>
    /// <exception cref="ArgumentException">The salt is too short, or the size is out of range.</exception>
    public static SecureBuffer DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int sizeInBytes = 32)
    {
        var key = new SecureBuffer(sizeInBytes);
        try
        {
            DeriveKey(password, salt, key.Span, MinIterationsSha256, HashAlgorithmName.SHA256);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static int MinIterations(HashAlgorithmName algorithm)
    {
        if (algorithm == HashAlgorithmName.SHA256)
            return MinIterationsSha256;
        if (algorithm == HashAlgorithmName.SHA512 || algorithm == HashAlgorithmName.SHA384)
            return MinIterationsSha512;
        throw Error.Invalid(nameof(algorithm), $"PBKDF2 takes SHA-256, SHA-384 or SHA-512 here, not '{algorithm.Name}'.");
    }
}
