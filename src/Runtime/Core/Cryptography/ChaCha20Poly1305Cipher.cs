using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>ChaCha20-Poly1305.</summary>
internal sealed class ChaCha20Poly1305Cipher(ReadOnlySpan<byte> key) : AeadCipher
{
    private readonly ChaCha20Poly1305 _cipher = new ChaCha20Poly1305(key);

    public override void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associatedData) =>
        // The nonce comes from a NonceSequence, which gives none twice. The rule does not see that NonceBlock.Write fills the caller's buffer.
#pragma warning disable STC2005
        _cipher.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);
#pragma warning restore STC2005

    public override void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associatedData) =>
        _cipher.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);

    public override void Dispose() => _cipher.Dispose();
}
