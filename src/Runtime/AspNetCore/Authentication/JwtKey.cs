using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// A key that checks signatures, tied to one algorithm: a public RSA key can never be taken for the secret of an HMAC. Immutable.
/// </summary>
public sealed class JwtKey
{
    private const int MinHmacKeySizeInBytes = 32;
    private const int MinRsaKeySizeInBits = 2048;

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
    public static JwtKey HmacSha256(string keyId, ReadOnlySpan<byte> secret) => secret.Length >= MinHmacKeySizeInBytes
        ? new JwtKey(keyId, SecurityAlgorithms.HmacSha256, new SymmetricSecurityKey(secret.ToArray()))
        : throw new ArgumentException($"The secret of HS256 must be at least {MinHmacKeySizeInBytes} bytes; got {secret.Length}.", nameof(secret));

    /// <summary>An RSA key for PKCS#1 signatures with SHA-256 (<c>RS256</c>).</summary>
    /// <param name="keyId">Id of the key.</param>
    /// <param name="publicKey">At least 2,048 bits. The caller keeps it alive.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public static JwtKey RsaSha256(string keyId, RSA publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return publicKey.KeySize >= MinRsaKeySizeInBits
            ? new JwtKey(keyId, SecurityAlgorithms.RsaSha256, new RsaSecurityKey(publicKey))
            : throw new ArgumentException($"An RSA key must have at least {MinRsaKeySizeInBits} bits; got {publicKey.KeySize}.", nameof(publicKey));
    }

    /// <summary>An elliptic-curve key on P-256 (<c>ES256</c>).</summary>
    /// <param name="keyId">Id of the key.</param>
    /// <param name="publicKey">A key on P-256. The caller keeps it alive.</param>
    /// <exception cref="ArgumentException">The key is on another curve.</exception>
    public static JwtKey EcdsaSha256(string keyId, ECDsa publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return publicKey.KeySize == 256
            ? new JwtKey(keyId, SecurityAlgorithms.EcdsaSha256, new ECDsaSecurityKey(publicKey))
            : throw new ArgumentException($"ES256 needs a key on P-256; got one of {publicKey.KeySize} bits.", nameof(publicKey));
    }
}
