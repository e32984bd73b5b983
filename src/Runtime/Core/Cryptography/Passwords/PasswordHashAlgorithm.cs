namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>How <see cref="PasswordHasher"/> makes new hashes. It checks hashes of every kind.</summary>
public enum PasswordHashAlgorithm
{
    /// <summary>PBKDF2 with HMAC-SHA-512, from the platform's own cryptography: the default, and the choice where FIPS 140 is asked for.</summary>
    Pbkdf2Sha512 = 0,

    /// <summary>Argon2id (RFC 9106), which costs a guesser memory too.</summary>
    Argon2id = 1,
}
