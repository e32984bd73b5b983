namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>Outcome of <see cref="PasswordHasher.Verify"/>.</summary>
public enum PasswordVerification
{
    /// <summary>The password is wrong, or the stored hash cannot be used.</summary>
    Failed = 0,

    /// <summary>The password is right.</summary>
    Success = 1,

    /// <summary>The password is right, and the stored hash is of another cost than new ones: hash the password again and store that.</summary>
    SuccessRehashNeeded = 2,
}
