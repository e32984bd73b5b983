using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Authentication.ApiKeys;

/// <summary>Form of API keys. Checked when an <see cref="ApiKeyManager"/> is made.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>What every key starts with, such as <c>shop_live</c>: 1 to 32 lower-case letters, digits and underscores. Default <c>key</c>.</summary>
    public string Prefix { get; init; } = "key";

    /// <summary>
    /// Makes the hash of the secret part expensive, with this hasher; <see langword="null"/>, the default, uses HMAC-SHA-256 under the pepper.
    /// A secret of 256 random bits cannot be guessed either way, and an expensive hash is a lever for whoever wants to load the server.
    /// </summary>
    public PasswordHasher? PasswordHasher { get; init; }
}
