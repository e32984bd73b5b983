using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>A keyed cipher of the platform. Not thread safe: on OpenSSL two calls share a context.</summary>
internal abstract class AeadCipher : IDisposable
{
    /// <summary>Makes the cipher of an algorithm.</summary>
    /// <exception cref="PlatformNotSupportedException">The operating system does not have the algorithm.</exception>
    public static AeadCipher Create(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) => algorithm switch
    {
        AeadAlgorithm.ChaCha20Poly1305 when ChaCha20Poly1305.IsSupported => new ChaCha20Poly1305Cipher(key),
        AeadAlgorithm.Aes256Gcm when AesGcm.IsSupported => new AesGcmCipher(key),
        _ => throw new PlatformNotSupportedException($"{algorithm} is not available on this operating system."),
    };

    public abstract void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associatedData);

    /// <exception cref="AuthenticationTagMismatchException">The message is not authentic.</exception>
    public abstract void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associatedData);

    public abstract void Dispose();
}
