using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that take keys and salts.</summary>
internal static class CryptoMaterialSinks
{
    private const string Ns = "System.Security.Cryptography.";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.Create(
        // System.Security.Cryptography reference: symmetric keys.
        Sink.Property(SinkKinds.CryptoKey, Ns + "SymmetricAlgorithm", "Key", includeImplementations: true),
        Sink.Parameter(SinkKinds.CryptoKey, Ns + "SymmetricAlgorithm", "CreateEncryptor", "rgbKey", includeImplementations: true),
        Sink.ConstructorParameter(SinkKinds.CryptoKey, Ns + "AesGcm", "key"),
        Sink.ConstructorParameter(SinkKinds.CryptoKey, Ns + "AesCcm", "key"),
        Sink.ConstructorParameter(SinkKinds.CryptoKey, Ns + "ChaCha20Poly1305", "key"),

        // Message authentication keys.
        Sink.Property(SinkKinds.CryptoKey, Ns + "HMAC", "Key", includeImplementations: true),
        Sink.ConstructorParameter(SinkKinds.CryptoKey, Ns + "HMACSHA1", "key"),
        Sink.ConstructorParameter(SinkKinds.CryptoKey, Ns + "HMACSHA256", "key"),
        Sink.ConstructorParameter(SinkKinds.CryptoKey, Ns + "HMACSHA384", "key"),
        Sink.ConstructorParameter(SinkKinds.CryptoKey, Ns + "HMACSHA512", "key"),
        Sink.Parameter(SinkKinds.CryptoKey, Ns + "HMACSHA256", "HashData", "key"),
        Sink.Parameter(SinkKinds.CryptoKey, Ns + "HMACSHA384", "HashData", "key"),
        Sink.Parameter(SinkKinds.CryptoKey, Ns + "HMACSHA512", "HashData", "key"),

        // Salts (RFC 8018, RFC 5869).
        Sink.ConstructorParameter(SinkKinds.Salt, Ns + "Rfc2898DeriveBytes", "salt"),
        Sink.Parameter(SinkKinds.Salt, Ns + "Rfc2898DeriveBytes", "Pbkdf2", "salt"),
        Sink.Property(SinkKinds.Salt, Ns + "Rfc2898DeriveBytes", "Salt"));
}
