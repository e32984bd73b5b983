using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// The key has used up its nonces. Nothing was encrypted. The key must be replaced: going on would repeat a nonce,
/// which for AES-GCM reveals the authentication key.
/// </summary>
public sealed class NonceExhaustedException : CryptographicException
{
    /// <summary>Creates the exception with a general message.</summary>
    public NonceExhaustedException()
        : this("The nonce sequence is exhausted; replace the key.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says which sequence ended, and at what limit.</param>
    public NonceExhaustedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says which sequence ended, and at what limit.</param>
    /// <param name="innerException">The cause.</param>
    public NonceExhaustedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Always <see langword="true"/>: the only way on is a new key.</summary>
    public static bool RekeyRequired => true;
}
