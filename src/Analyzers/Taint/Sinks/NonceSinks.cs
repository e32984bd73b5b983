using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that encrypt with an initialisation vector or nonce. Decryption takes what the message says and is no sink.</summary>
internal static class NonceSinks
{
    private const string Ns = "System.Security.Cryptography.";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.Create(
        // Authenticated encryption (SP 800-38D, RFC 3610, RFC 8439): a nonce may never come twice under one key.
        Sink.Parameter(SinkKinds.Nonce, Ns + "AesGcm", "Encrypt", "nonce"),
        Sink.Parameter(SinkKinds.Nonce, Ns + "AesCcm", "Encrypt", "nonce"),
        Sink.Parameter(SinkKinds.Nonce, Ns + "ChaCha20Poly1305", "Encrypt", "nonce"),

        // Block modes (SP 800-38A, appendix C): the vector must be unpredictable.
        Sink.Property(SinkKinds.Nonce, Ns + "SymmetricAlgorithm", "IV", includeImplementations: true),
        Sink.Parameter(SinkKinds.Nonce, Ns + "SymmetricAlgorithm", "CreateEncryptor", "rgbIV", includeImplementations: true),
        Sink.Parameter(SinkKinds.Nonce, Ns + "SymmetricAlgorithm", "EncryptCbc", "iv"),
        Sink.Parameter(SinkKinds.Nonce, Ns + "SymmetricAlgorithm", "TryEncryptCbc", "iv"),
        Sink.Parameter(SinkKinds.Nonce, Ns + "SymmetricAlgorithm", "EncryptCfb", "iv"),
        Sink.Parameter(SinkKinds.Nonce, Ns + "SymmetricAlgorithm", "TryEncryptCfb", "iv"));
}
