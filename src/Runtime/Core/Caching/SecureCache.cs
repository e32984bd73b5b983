using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Runtime.Cryptography;
using SecurityToolchain.Runtime.Incidents;

namespace SecurityToolchain.Runtime.Caching;

/// <summary>
/// A cache whose store is not trusted: values are encrypted and authenticated, names are keyed hashes, and a value is bound to its
/// tenant, key, schema and end, so that entries can neither be read, exchanged, moved to another tenant nor kept alive from outside.
/// </summary>
/// <remarks>
/// Entry: expiry (8 bytes, big endian, UTC ticks) | envelope of <see cref="AeadKeyRing"/>. Associated data: schema, tenant, key (each with
/// its length) and expiry. Name: HMAC-SHA-256 over the same without the expiry. An entry that does not verify is a miss, is removed, and is
/// reported as <see cref="SecurityEventType.IntegrityFailure"/>. A rollback to an older entry that has not expired is not detected.
/// Members may be used by several threads at once.
/// </remarks>
public sealed class SecureCache : IDisposable
{
    /// <summary>Least size of the key for names, in bytes: 32.</summary>
    public const int MinNameKeySizeInBytes = 32;

    private const int ExpirySize = sizeof(long);

    private readonly ISecureCacheStore _store;
    private readonly AeadKeyRing _keys;
    private readonly byte[] _nameKey;
    private readonly SecureCacheOptions _options;
    private readonly SecurityEventLog? _events;
    private readonly TimeProvider _time;
    private readonly OperationBudget _budget;

    /// <summary>Creates a cache.</summary>
    /// <param name="store">Where the entries lie.</param>
    /// <param name="keys">Encrypts values; rotate it as usual, old entries stay readable until their key is retired. Not disposed of.</param>
    /// <param name="nameKey">Keys the hash of the names; at least 32 bytes, copied. Another key makes every entry a miss.</param>
    /// <param name="options">The policy; null takes the defaults.</param>
    /// <param name="events">Gets entries that do not verify; null for none.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <exception cref="ArgumentException">The key is too short or an option is outside its range.</exception>
    public SecureCache(
        ISecureCacheStore store, AeadKeyRing keys, ReadOnlySpan<byte> nameKey, SecureCacheOptions? options = null, SecurityEventLog? events = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(keys);
        if (nameKey.Length < MinNameKeySizeInBytes)
            throw Error.TooShort(nameof(nameKey), "The name key", MinNameKeySizeInBytes, nameKey.Length);
        _options = options ?? new SecureCacheOptions();
        _options.Validate();
        _store = store;
        _keys = keys;
        _nameKey = nameKey.ToArray();
        _events = events;
        _time = time ?? TimeProvider.System;
        _budget = new OperationBudget(_options.MaxOperationsPerSecond, _time);
    }

    /// <summary>Returns a value, or null when there is none that is valid.</summary>
    /// <param name="tenant">Who asks; entries of other tenants cannot be seen.</param>
    /// <param name="key">The entry's key within the tenant.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="CacheRateLimitException">The policy's rate is used up.</exception>
    public async ValueTask<byte[]?> GetAsync(string tenant, string key, CancellationToken cancellationToken = default)
    {
        byte[] scope = Scope(tenant, key);
        Spend();
        string name = Name(scope);
        byte[]? entry = await _store.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (entry is null)
            return null;
        if (entry.Length >= ExpirySize && _keys.TryDecrypt(entry.AsSpan(ExpirySize), out byte[]? value, AssociatedData(scope, entry.AsSpan(0, ExpirySize))))
        {
            if (_time.GetUtcNow().UtcTicks < BinaryPrimitives.ReadInt64BigEndian(entry))
                return value;
            CryptographicOperations.ZeroMemory(value);
            await _store.RemoveAsync(name, cancellationToken).ConfigureAwait(false);
            return null;
        }

        await _store.RemoveAsync(name, cancellationToken).ConfigureAwait(false);
        _events?.Write(new SecurityEvent
        {
            Type = SecurityEventType.IntegrityFailure,
            Severity = SecuritySeverity.High,
            Details = new Dictionary<string, string> { ["what"] = "a cache entry did not verify and was removed", ["entry"] = name },
        });
        return null;
    }

    /// <summary>Stores a value.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="key">The entry's key within the tenant.</param>
    /// <param name="value">The value; at most <see cref="SecureCacheOptions.MaxValueSizeInBytes"/>.</param>
    /// <param name="timeToLive">How long it is wanted; more than zero, cut to <see cref="SecureCacheOptions.MaxTimeToLive"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="ArgumentException">The value is too long or the time is not positive.</exception>
    /// <exception cref="CacheRateLimitException">The policy's rate is used up.</exception>
    public async ValueTask SetAsync(string tenant, string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        byte[] scope = Scope(tenant, key);
        if (value.Length > _options.MaxValueSizeInBytes)
            throw Error.TooLong(nameof(value), "The value", _options.MaxValueSizeInBytes, value.Length);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        Spend();
        DateTimeOffset expires = _time.GetUtcNow() + (timeToLive < _options.MaxTimeToLive ? timeToLive : _options.MaxTimeToLive);
        byte[] expiry = new byte[ExpirySize];
        BinaryPrimitives.WriteInt64BigEndian(expiry, expires.UtcTicks);
        byte[] entry = [.. expiry, .. _keys.Encrypt(value.Span, AssociatedData(scope, expiry))];
        await _store.WriteAsync(Name(scope), entry, expires, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a value, if it is there.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="key">The entry's key within the tenant.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="CacheRateLimitException">The policy's rate is used up.</exception>
    public ValueTask RemoveAsync(string tenant, string key, CancellationToken cancellationToken = default)
    {
        byte[] scope = Scope(tenant, key);
        Spend();
        return _store.RemoveAsync(Name(scope), cancellationToken);
    }

    /// <summary>Wipes the key for names.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_nameKey);

    private static byte[] AssociatedData(byte[] scope, ReadOnlySpan<byte> expiry) => [.. scope, .. expiry];

    private void Spend()
    {
        if (!_budget.TryTake())
            throw new CacheRateLimitException(Error.Invariant($"The cache's policy allows {_options.MaxOperationsPerSecond} operations a second."));
    }

    private string Name(byte[] scope) => Convert.ToHexStringLower(HMACSHA256.HashData(_nameKey, scope));

    /// <summary>Each part with its length, so that no two different triples give the same bytes.</summary>
    private byte[] Scope(string tenant, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        ArgumentException.ThrowIfNullOrEmpty(key);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(_options.Schema);
        writer.Write(tenant);
        writer.Write(key);
        writer.Flush();
        return bytes.ToArray();
    }
}
