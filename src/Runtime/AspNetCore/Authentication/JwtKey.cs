using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// A key that checks signatures, tied to one algorithm: a public RSA key can never be taken for the secret of an HMAC. Immutable.
/// </summary>
public sealed class JwtKey
{
    private const int MinRsaKeySizeInBits = 2048;
    private const string P256 = "1.2.840.10045.3.1.7";

    private JwtKey(string keyId, string algorithm, SecurityKey key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        key.KeyId = keyId;
        (KeyId, Algorithm, Key) = (keyId, algorithm, key);
    }

    /// <summary>Id that tokens name in their header (<c>kid</c>).</summary>
    public string KeyId { get; }

    /// <summary>The one algorithm that the key is for.</summary>
    public string Algorithm { get; }

    internal SecurityKey Key { get; }

    /// <summary>A secret for HMAC-SHA-256 (<c>HS256</c>).</summary>
    /// <param name="keyId">Id of the key.</param>
    /// <param name="secret">At least 32 bytes. It is copied.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public static JwtKey HmacSha256(string keyId, ReadOnlySpan<byte> secret) => Hmac(keyId, SecurityAlgorithms.HmacSha256, secret, SHA256.HashSizeInBytes);

    /// <summary>A secret for HMAC-SHA-384 (<c>HS384</c>).</summary>
    /// <param name="keyId">Id of the key.</param>
    /// <param name="secret">At least 48 bytes (RFC 7518, section 3.2: as long as the digest). It is copied.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public static JwtKey HmacSha384(string keyId, ReadOnlySpan<byte> secret) => Hmac(keyId, SecurityAlgorithms.HmacSha384, secret, SHA384.HashSizeInBytes);

    /// <summary>A secret for HMAC-SHA-512 (<c>HS512</c>).</summary>
    /// <param name="keyId">Id of the key.</param>
    /// <param name="secret">At least 64 bytes. It is copied.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public static JwtKey HmacSha512(string keyId, ReadOnlySpan<byte> secret) => Hmac(keyId, SecurityAlgorithms.HmacSha512, secret, SHA512.HashSizeInBytes);

    /// <summary>An RSA key for PKCS#1 signatures with SHA-256 (<c>RS256</c>).</summary>
    /// <param name="keyId">Id of the key.</param>
    /// <param name="publicKey">At least 2,048 bits. The caller keeps it alive.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public static JwtKey RsaSha256(string keyId, RSA publicKey) => Rsa(keyId, SecurityAlgorithms.RsaSha256, publicKey);

    /// <summary>An RSA key for PSS signatures with SHA-256 (<c>PS256</c>).</summary>
    /// <param name="keyId">Id of the key.</param>
    /// <param name="publicKey">At least 2,048 bits. The caller keeps it alive.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public static JwtKey RsaPssSha256(string keyId, RSA publicKey) => Rsa(keyId, SecurityAlgorithms.RsaSsaPssSha256, publicKey);

    /// <summary>An elliptic-curve key on P-256 (<c>ES256</c>).</summary>
    /// <param name="keyId">Id of the key.</param>
    /// <param name="publicKey">A key on P-256. The caller keeps it alive.</param>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public static JwtKey EcdsaSha256(string keyId, ECDsa publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        // Other curves have 256 bits as well (secp256k1, brainpoolP256r1); the algorithm names one of them.
        ECCurve curve = publicKey.ExportParameters(includePrivateParameters: false).Curve;
        return curve.IsNamed && (curve.Oid.Value == P256 || curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256")
            ? new JwtKey(keyId, SecurityAlgorithms.EcdsaSha256, new ECDsaSecurityKey(publicKey))
            : throw new ArgumentException($"ES256 needs a key on P-256; got one of {publicKey.KeySize} bits on the curve '{curve.Oid?.FriendlyName}'.", nameof(publicKey));
    }

    private static JwtKey Hmac(string keyId, string algorithm, ReadOnlySpan<byte> secret, int minSizeInBytes) => secret.Length >= minSizeInBytes
        ? new JwtKey(keyId, algorithm, new SymmetricSecurityKey(secret.ToArray()))
        : throw new ArgumentException($"The secret of {algorithm} must be at least {minSizeInBytes} bytes; got {secret.Length}.", nameof(secret));

    private static JwtKey Rsa(string keyId, string algorithm, RSA publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return publicKey.KeySize >= MinRsaKeySizeInBits
            ? new JwtKey(keyId, algorithm, new RsaSecurityKey(publicKey))
            : throw new ArgumentException($"An RSA key must have at least {MinRsaKeySizeInBits} bits; got {publicKey.KeySize}.", nameof(publicKey));
    }
}
