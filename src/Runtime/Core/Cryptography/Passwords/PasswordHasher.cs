using System.Security.Cryptography;
using System.Text;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Stores and checks passwords. A hash is a PHC string that carries its own cost, so the cost can rise while old hashes stay good.
/// </summary>
/// <remarks>
/// Parameters: salt 16 bytes, hash 32 bytes, from the operating system's generator. A password is normalised by nobody here: its UTF-8
/// bytes are hashed. All members may be used by several threads at once.
/// </remarks>
public sealed class PasswordHasher : IDisposable
{
    internal const int SaltSizeInBytes = 16;
    internal const int HashSizeInBytes = 32;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PasswordHashOptions _options;
    private readonly SemaphoreSlim _slots;
    private readonly string _decoy;

    /// <summary>Creates a hasher.</summary>
    /// <param name="options">Cost of new hashes; the defaults if <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public PasswordHasher(PasswordHashOptions? options = null)
    {
        _options = options ?? new PasswordHashOptions();
        _options.Validate();
        _slots = new SemaphoreSlim(_options.MaxConcurrency);
        _decoy = PasswordHash.Format(_options, RandomNumberGenerator.GetBytes(SaltSizeInBytes), RandomNumberGenerator.GetBytes(HashSizeInBytes));
    }

    /// <summary>Iterations of the last hash that was computed by <see cref="Verify"/>, for tests that look at the work done.</summary>
    internal int LastVerifiedCost { get; private set; }

    /// <summary>Hashes a new password.</summary>
    /// <param name="password">1 to <see cref="PasswordHashOptions.MaxPasswordSizeInBytes"/> bytes of UTF-8.</param>
    /// <returns>A PHC string, at most 512 characters of ASCII.</returns>
    /// <exception cref="ArgumentException">The password is empty, too long or not valid text.</exception>
    public string Hash(ReadOnlySpan<char> password)
    {
        using SecureBuffer bytes = Encode(password) ?? throw Error.Invalid(
            nameof(password), Error.Invariant($"The password must be valid text of 1 to {_options.MaxPasswordSizeInBytes} bytes."));
        Span<byte> salt = stackalloc byte[SaltSizeInBytes];
        Span<byte> hash = stackalloc byte[HashSizeInBytes];
        RandomNumberGenerator.Fill(salt);
        _slots.Wait();
        try
        {
            if (_options.Algorithm == PasswordHashAlgorithm.Argon2id)
                Argon2id.DeriveKey(bytes.Span, salt, _options.Argon2, hash);
            else
                Rfc2898DeriveBytes.Pbkdf2(bytes.Span, salt, hash, _options.Iterations, HashAlgorithmName.SHA512);
        }
        finally
        {
            _slots.Release();
        }

        return PasswordHash.Format(_options, salt, hash);
    }

    /// <summary>
    /// Checks a password. For a user who does not exist pass <see langword="null"/>: the work, and so the time, is that of a wrong password.
    /// </summary>
    /// <param name="password">What the user typed. Empty, too long and invalid text are wrong passwords.</param>
    /// <param name="storedHash">What <see cref="Hash"/> returned for the user, or <see langword="null"/>.</param>
    /// <returns>Whether the password is right, and whether the hash should be renewed.</returns>
    public PasswordVerification Verify(ReadOnlySpan<char> password, string? storedHash)
    {
        using SecureBuffer? bytes = Encode(password);
        bool usable = PasswordHash.TryParse(storedHash, out PasswordHash? stored) && bytes is not null;
        if (stored is null && !PasswordHash.TryParse(_decoy, out stored))
            return PasswordVerification.Failed;
        Span<byte> computed = stackalloc byte[stored.Hash.Length];
        _slots.Wait();
        try
        {
            stored.Compute(bytes is null ? default : bytes.Span, computed);
            LastVerifiedCost = stored.Algorithm == PasswordHashAlgorithm.Argon2id ? stored.Argon2!.Iterations : stored.Iterations;
        }
        finally
        {
            _slots.Release();
        }

        bool equal = CryptographicOperations.FixedTimeEquals(computed, stored.Hash) & usable;
        CryptographicOperations.ZeroMemory(computed);
        if (!equal)
            return PasswordVerification.Failed;
        return stored.HasCostOf(_options) ? PasswordVerification.Success : PasswordVerification.SuccessRehashNeeded;
    }

    /// <summary>Whether a stored hash is of another cost than new ones, or cannot be read.</summary>
    /// <param name="storedHash">A PHC string.</param>
    public bool NeedsRehash(string? storedHash) => !PasswordHash.TryParse(storedHash, out PasswordHash? stored) || !stored.HasCostOf(_options);

    /// <summary>Releases the wait handle behind <see cref="PasswordHashOptions.MaxConcurrency"/>.</summary>
    public void Dispose() => _slots.Dispose();

    /// <summary>Returns the password's bytes in locked memory, or null if no user can have such a password.</summary>
    private SecureBuffer? Encode(ReadOnlySpan<char> password)
    {
        // A character is at least one byte, so a hostile megabyte is refused before it is walked.
        if (password.IsEmpty || password.Length > _options.MaxPasswordSizeInBytes)
            return null;
        try
        {
            int size = s_strict.GetByteCount(password);
            return size > _options.MaxPasswordSizeInBytes ? null : SecureBuffer.FromUtf8(password);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
