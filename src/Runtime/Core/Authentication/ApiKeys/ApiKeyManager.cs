using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Authentication.ApiKeys;

/// <summary>
/// Issues, checks and revokes API keys of the form <c>prefix_id_secret_checksum</c>. A key that nobody issued costs the same work as a wrong
/// one, and expiry and revocation are looked at only after the secret was proven. Thread safe.
/// </summary>
/// <remarks>Parameters: id 16 and secret 43 letters and digits (256 bits), checksum as in <see cref="TokenFormat"/>; pepper 32 bytes or more.</remarks>
public sealed class ApiKeyManager : IDisposable
{
    /// <summary>Shortest pepper, in bytes: 32.</summary>
    public const int MinPepperSizeInBytes = 32;

    private const int IdLength = 16;
    private const int SecretLength = TokenFormat.DefaultSecretLength;
    private const string HmacName = "hmac-sha256$";

    private readonly IApiKeyStore _store;
    private readonly ApiKeyOptions _options;
    private readonly TimeProvider _clock;
    private readonly SecureBuffer _pepper;
    private readonly string _decoyHash;

    /// <summary>Creates a manager.</summary>
    /// <param name="store">Keeps the records.</param>
    /// <param name="pepper">A key that is kept apart from the records, at least 32 bytes. It is copied.</param>
    /// <param name="options">Form of keys; the defaults if <see langword="null"/>.</param>
    /// <param name="clock">The system's clock if <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The pepper is too short or the prefix has another form.</exception>
    public ApiKeyManager(IApiKeyStore store, ReadOnlySpan<byte> pepper, ApiKeyOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (pepper.Length < MinPepperSizeInBytes)
            throw Error.TooShort(nameof(pepper), "The pepper", MinPepperSizeInBytes, pepper.Length);
        _store = store;
        _options = options ?? new ApiKeyOptions();
        _ = new TokenFormat(_options.Prefix);
        _clock = clock ?? TimeProvider.System;
        _pepper = new SecureBuffer(pepper);
        _decoyHash = Hash(SecureRandom.Token(IdLength), SecureRandom.Token(SecretLength));
    }

    /// <summary>Makes and stores a new key.</summary>
    /// <param name="owner">Whose key it is.</param>
    /// <param name="scopes">What it allows.</param>
    /// <param name="lifetime">How long it lives: more than 0, or <see langword="null"/> for ever.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The key, which cannot be got again.</returns>
    public async ValueTask<IssuedApiKey> IssueAsync(
        string owner, Permissions scopes, TimeSpan? lifetime = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        if (lifetime <= TimeSpan.Zero)
            throw Error.OutOfRange(nameof(lifetime), "The lifetime of an API key", "more than 0", TimeSpan.MaxValue, lifetime);
        string id = SecureRandom.Token(IdLength);
        string secret = SecureRandom.Token(SecretLength);
        string body = $"{_options.Prefix}_{id}_{secret}";
        DateTimeOffset now = _clock.GetUtcNow();
        var record = new ApiKeyRecord { Id = id, Hash = Hash(id, secret), Owner = owner, Scopes = scopes, CreatedAt = now, ExpiresAt = now + lifetime };
        await _store.SaveAsync(record, cancellationToken);
        return new IssuedApiKey($"{body}_{TokenFormat.Checksum(body)}", record);
    }

    /// <summary>Checks a key.</summary>
    /// <param name="key">Any text from outside, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<ApiKeyVerification> VerifyAsync(string? key, CancellationToken cancellationToken = default)
    {
        // The form is public, so refusing early at a wrong one tells nothing, and it keeps noise away from the store.
        if (string.IsNullOrEmpty(key))
            return new ApiKeyVerification(null, AuthFailure.MissingToken);
        if (!TryParse(key, out string id, out string secret))
            return new ApiKeyVerification(null, AuthFailure.MalformedToken);
        ApiKeyRecord? record = await _store.FindAsync(id, cancellationToken);
        bool proven = VerifyHash(id, secret, record?.Hash ?? _decoyHash) & record is not null;
        if (!proven)
            return new ApiKeyVerification(null, record is null ? AuthFailure.UnknownKey : AuthFailure.BadSignature);
        DateTimeOffset now = _clock.GetUtcNow();
        if (record!.RevokedAt is not null)
            return new ApiKeyVerification(null, AuthFailure.RevokedToken);
        if (record.ExpiresAt <= now)
            return new ApiKeyVerification(null, AuthFailure.ExpiredToken);
        return new ApiKeyVerification(await TouchAsync(record, secret, now, cancellationToken), AuthFailure.None);
    }

    /// <summary>Revokes a key. It stays revoked.</summary>
    /// <param name="id">Public part of the key.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether there is such a key.</returns>
    public async ValueTask<bool> RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (await _store.FindAsync(id, cancellationToken) is not { } record)
            return false;
        if (record.RevokedAt is null)
            await _store.SaveAsync(record with { RevokedAt = _clock.GetUtcNow() }, cancellationToken);
        return true;
    }

    /// <summary>Wipes the pepper.</summary>
    public void Dispose() => _pepper.Dispose();

    /// <summary>Notes the use, at most once a minute, and renews a hash of another cost.</summary>
    private async ValueTask<ApiKeyRecord> TouchAsync(ApiKeyRecord record, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        bool stale = NeedsRehash(record.Hash);
        if (!stale && record.LastUsedAt is { } last && now - last < TimeSpan.FromMinutes(1))
            return record;
        ApiKeyRecord touched = record with { LastUsedAt = now, Hash = stale ? Hash(record.Id, secret) : record.Hash };
        // Read again: a revocation between the check and this write must not be undone by it.
        if (await _store.FindAsync(record.Id, cancellationToken) is { RevokedAt: null })
            await _store.SaveAsync(touched, cancellationToken);
        return touched;
    }

    private bool TryParse(string key, out string id, out string secret)
    {
        (id, secret) = (string.Empty, string.Empty);
        string prefix = _options.Prefix + "_";
        int body = prefix.Length + IdLength + 1 + SecretLength;
        if (key.Length != body + 1 + TokenFormat.ChecksumLength || !key.StartsWith(prefix, StringComparison.Ordinal)
            || key[prefix.Length + IdLength] != '_' || key[body] != '_' || !Ascii.IsValid(key)
            || !key.AsSpan(body + 1).SequenceEqual(TokenFormat.Checksum(key.AsSpan(0, body))))
        {
            return false;
        }

        id = key.Substring(prefix.Length, IdLength);
        secret = key.Substring(prefix.Length + IdLength + 1, SecretLength);
        return id.All(char.IsAsciiLetterOrDigit) && secret.All(char.IsAsciiLetterOrDigit);
    }

    private string Hash(string id, string secret) => _options.PasswordHasher is { } hasher ? hasher.Hash(secret) : HmacName + Hmac(id, secret);

    private bool VerifyHash(string id, string secret, string stored)
    {
        if (stored.StartsWith(HmacName, StringComparison.Ordinal))
            return ConstantTime.HexEquals(stored.AsSpan(HmacName.Length), Hmac(id, secret));
        return _options.PasswordHasher is { } hasher && hasher.Verify(secret, stored) != PasswordVerification.Failed;
    }

    private bool NeedsRehash(string stored) => _options.PasswordHasher is { } hasher ? hasher.NeedsRehash(stored) : !stored.StartsWith(HmacName, StringComparison.Ordinal);

    /// <summary>The id is hashed along, so that a hash cannot be moved to the record of another key.</summary>
    private string Hmac(string id, string secret)
    {
        byte[] message = Encoding.ASCII.GetBytes($"{id}_{secret}");
        try
        {
            return Convert.ToHexStringLower(HMACSHA256.HashData(_pepper.Span, message));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(message);
        }
    }
}
