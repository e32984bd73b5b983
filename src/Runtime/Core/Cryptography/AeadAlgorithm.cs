namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>Algorithm of an <see cref="AeadEncryption"/>. Both take a key of 32 bytes, a nonce of 12 and make a tag of 16. Every envelope says which.</summary>
public enum AeadAlgorithm
{
    /// <summary>AES-256-GCM (NIST SP 800-38D): the default, several times as fast where the processor has AES instructions, and in FIPS 140.</summary>
    Aes256Gcm = 0,

    /// <summary>ChaCha20-Poly1305 (RFC 8439): constant time in software too. Needs OpenSSL 1.1, Windows 10 build 20142 or macOS 11.</summary>
    ChaCha20Poly1305 = 1,
}
