using System.Security.Cryptography;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>
/// Encrypts and authenticates entries of a verdict store with AES-256-GCM. The key of an entry is part of the associated data, so that
/// whoever can write to the store can neither read, nor change, nor swap entries. Thread-safe.
/// </summary>
public sealed class VerdictCipher : IDisposable
{
    /// <summary>The length of the secret key in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>The bytes that an entry takes beside its content: version, nonce and tag.</summary>
    public const int Overhead = 1 + NonceLength + TagLength;

    private const byte FormatVersion = 1;
    private const int NonceLength = 12, TagLength = 16;

    private readonly AesGcm _cipher;
    private readonly Lock _gate = new();

    /// <summary>Creates the cipher.</summary>
    /// <param name="key">The secret of <see cref="KeyLength"/> bytes; it is copied.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public VerdictCipher(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"The key has {key.Length} bytes; it has to have {KeyLength}.", nameof(key));
        _cipher = new AesGcm(key, TagLength);
    }

    /// <summary>Encrypts a value.</summary>
    /// <param name="key">The key of the entry.</param>
    /// <param name="value">The value.</param>
    /// <returns>The entry: version, nonce, ciphertext, tag.</returns>
    public byte[] Seal(CacheKey key, ReadOnlySpan<byte> value)
    {
        byte[] entry = new byte[Overhead + value.Length];
        entry[0] = FormatVersion;
        Span<byte> nonce = entry.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        lock (_gate)
            _cipher.Encrypt(nonce, value, entry.AsSpan(1 + NonceLength, value.Length), entry.AsSpan(entry.Length - TagLength), AssociatedData(key));
        return entry;
    }

    /// <summary>Decrypts an entry.</summary>
    /// <param name="key">The key under which the entry was found.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>The value, or null when the entry is damaged, forged, or belongs to another key.</returns>
    public byte[]? TryOpen(CacheKey key, ReadOnlySpan<byte> entry)
    {
        if (entry.Length < Overhead || entry[0] != FormatVersion)
            return null;
        byte[] value = new byte[entry.Length - Overhead];
        try
        {
            lock (_gate)
                _cipher.Decrypt(entry.Slice(1, NonceLength), entry.Slice(1 + NonceLength, value.Length), entry[^TagLength..], value, AssociatedData(key));
            return value;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    private static byte[] AssociatedData(CacheKey key) => [FormatVersion, .. key.Bytes];
}
