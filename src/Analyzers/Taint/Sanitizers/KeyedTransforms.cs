using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>Transformations under a secret key: whatever goes in, the result cannot be guessed without the key.</summary>
internal static class KeyedTransforms
{
    private const SinkKinds Secrets = SinkKinds.SecretValue | SinkKinds.Credential | SinkKinds.CryptoKey;
    private const string Ns = "System.Security.Cryptography.";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sanitizer> All = ImmutableArray.Create(
        // Message authentication codes.
        Sanitizer.ReturnValue(Secrets, Ns + "HMACSHA1", "HashData"),
        Sanitizer.ReturnValue(Secrets, Ns + "HMACSHA256", "HashData"),
        Sanitizer.ReturnValue(Secrets, Ns + "HMACSHA384", "HashData"),
        Sanitizer.ReturnValue(Secrets, Ns + "HMACSHA512", "HashData"),
        Sanitizer.ReturnValue(Secrets, Ns + "HashAlgorithm", "ComputeHash", when: KeyedReceiver.IsKeyed),

        // Signatures and encryption.
        Sanitizer.ReturnValue(Secrets, Ns + "RSA", "SignData", includeImplementations: true),
        Sanitizer.ReturnValue(Secrets, Ns + "ECDsa", "SignData", includeImplementations: true),
        Sanitizer.ReturnValue(Secrets, Ns + "SymmetricAlgorithm", "EncryptCbc"),
        Sanitizer.ReturnValue(Secrets, Ns + "ICryptoTransform", "TransformFinalBlock", includeImplementations: true),

        // ASP.NET Core data protection.
        Sanitizer.ReturnValue(Secrets, "Microsoft.AspNetCore.DataProtection.IDataProtector", "Protect", includeImplementations: true),
        Sanitizer.ReturnValue(Secrets, "Microsoft.AspNetCore.DataProtection.DataProtectionCommonExtensions", "Protect"));
}
