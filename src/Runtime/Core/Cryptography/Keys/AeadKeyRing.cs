using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Several encryption keys of which one is active: new messages use the active key, old ones are read with the key that they name.
/// Rotation is adding a key. All members may be used by several threads at once.
/// </summary>
public sealed class AeadKeyRing : IDisposable
{
    /// <summary>Most keys in a ring: 1,024.</summary>
    public const int MaxKeys = 1024;

    private readonly Lock _change = new();
    private State _state;
    private bool _disposed;

    /// <summary>Creates a ring with one key, the active one.</summary>
    /// <param name="key">Exactly 32 bytes. It is copied.</param>
    /// <param name="algorithm">How messages are encrypted under it. Default AES-256-GCM. A rotation may change the algorithm.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public AeadKeyRing(ReadOnlySpan<byte> key, AeadAlgorithm algorithm = AeadAlgorithm.Aes256Gcm)
    {
        var encryption = new AeadEncryption(key, algorithm);
        _state = new State(encryption, ImmutableDictionary<uint, AeadEncryption>.Empty.Add(encryption.KeyId, encryption));
    }

    /// <summary>Id of the key that new messages use.</summary>
    public uint ActiveKeyId => _state.Active.KeyId;

    /// <summary>Ids of all keys, in ascending order.</summary>
    public IReadOnlyList<uint> KeyIds => [.. _state.Keys.Keys.Order()];

    /// <summary>Adds a key that can read and does not write, such as the last one before a restart, or the next one before all servers know it.</summary>
    /// <param name="key">Exactly 32 bytes. It is copied. A key that is there already changes nothing.</param>
    /// <param name="algorithm">How messages were, or will be, encrypted under it. Default AES-256-GCM.</param>
    /// <returns>The key's id.</returns>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    /// <exception cref="InvalidOperationException">The ring is full, or another key has the same id.</exception>
    public uint Add(ReadOnlySpan<byte> key, AeadAlgorithm algorithm = AeadAlgorithm.Aes256Gcm) => Insert(key, algorithm, activate: false);

    /// <summary>Adds a key, or takes one of the ring, and makes it the active one.</summary>
    /// <param name="key">Exactly 32 bytes. It is copied.</param>
    /// <param name="algorithm">How messages are encrypted under it. Default AES-256-GCM. A rotation may change the algorithm.</param>
    /// <returns>The key's id.</returns>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    /// <exception cref="InvalidOperationException">The ring is full, or another key has the same id.</exception>
    public uint Rotate(ReadOnlySpan<byte> key, AeadAlgorithm algorithm = AeadAlgorithm.Aes256Gcm) => Insert(key, algorithm, activate: true);

    /// <summary>Removes and wipes a key. Messages under it can no longer be read.</summary>
    /// <param name="keyId">Id of a key that is not active.</param>
    /// <returns>Whether the key was there.</returns>
    /// <exception cref="InvalidOperationException">The key is the active one.</exception>
    public bool Retire(uint keyId)
    {
        lock (_change)
        {
            if (keyId == _state.Active.KeyId)
                throw new InvalidOperationException(Error.Invariant($"The key {keyId:x8} is active; rotate to another before it is retired."));
            if (!_state.Keys.TryGetValue(keyId, out AeadEncryption? retired))
                return false;
            _state = new State(_state.Active, _state.Keys.Remove(keyId));
            retired.Dispose();
            return true;
        }
    }

    /// <summary>Encrypts with the active key; see <see cref="AeadEncryption.Encrypt"/>.</summary>
    /// <param name="plaintext">0 to 2,147,483,614 bytes.</param>
    /// <param name="associatedData">Authenticated, not encrypted and not stored.</param>
    /// <exception cref="NonceExhaustedException">The active key has encrypted as many messages as it may: rotate.</exception>
    /// <exception cref="ObjectDisposedException">The ring is disposed.</exception>
    public byte[] Encrypt(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData = default) =>
        _state.Active.Encrypt(plaintext, associatedData);

    /// <summary>Decrypts with the key that the envelope names.</summary>
    /// <param name="envelope">Any bytes.</param>
    /// <param name="associatedData">What was given to encrypt.</param>
    /// <exception cref="AuthenticationTagMismatchException">The envelope is not authentic, or its key is not in the ring.</exception>
    /// <exception cref="ObjectDisposedException">The ring is disposed.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData = default) =>
        Find(envelope).Decrypt(envelope, associatedData);

    /// <summary>Decrypts with the key that the envelope names; a forged envelope is an expected outcome.</summary>
    /// <param name="envelope">Any bytes.</param>
    /// <param name="plaintext">The plaintext, or <see langword="null"/>.</param>
    /// <param name="associatedData">What was given to encrypt.</param>
    /// <returns>Whether the envelope is authentic and its key is in the ring.</returns>
    /// <exception cref="ObjectDisposedException">The ring is disposed.</exception>
    public bool TryDecrypt(ReadOnlySpan<byte> envelope, [NotNullWhen(true)] out byte[]? plaintext, ReadOnlySpan<byte> associatedData = default) =>
        Find(envelope).TryDecrypt(envelope, out plaintext, associatedData);

    /// <summary>Whether an envelope names another key than the active one, so that it should be written anew before that key is retired.</summary>
    /// <param name="envelope">Any bytes.</param>
    public bool NeedsReencryption(ReadOnlySpan<byte> envelope) =>
        AeadEncryption.TryReadKeyId(envelope, out uint keyId) && keyId != ActiveKeyId;

    /// <summary>Decrypts an envelope and encrypts it with the active key; the plaintext in between is wiped.</summary>
    /// <param name="envelope">An envelope under any key of the ring.</param>
    /// <param name="associatedData">What was given to encrypt; the new envelope is bound to the same.</param>
    /// <exception cref="AuthenticationTagMismatchException">The envelope is not authentic, or its key is not in the ring.</exception>
    public byte[] Reencrypt(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData = default)
    {
        byte[] plaintext = Decrypt(envelope, associatedData);
        try
        {
            return Encrypt(plaintext, associatedData);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>Wipes all keys. Further calls do nothing.</summary>
    public void Dispose()
    {
        lock (_change)
        {
            _disposed = true;
            foreach (AeadEncryption key in _state.Keys.Values)
                key.Dispose();
        }
    }

    /// <summary>An unknown id goes to the active key, which refuses it in the same way as a forged envelope.</summary>
    private AeadEncryption Find(ReadOnlySpan<byte> envelope)
    {
        State state = _state;
        return AeadEncryption.TryReadKeyId(envelope, out uint keyId) && state.Keys.TryGetValue(keyId, out AeadEncryption? key) ? key : state.Active;
    }

    private uint Insert(ReadOnlySpan<byte> key, AeadAlgorithm algorithm, bool activate)
    {
        uint keyId = AeadEncryption.ComputeKeyId(key, algorithm);
        lock (_change)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ImmutableDictionary<uint, AeadEncryption> keys = _state.Keys;
            if (keys.TryGetValue(keyId, out AeadEncryption? known))
            {
                if (known.Algorithm != algorithm || !known.KeyBuffer.FixedTimeEquals(key))
                    throw new InvalidOperationException(Error.Invariant($"Two different keys have the id {keyId:x8}; generate another key."));
            }
            else
            {
                if (keys.Count >= MaxKeys)
                    throw new InvalidOperationException(Error.Invariant($"The key ring is full: {MaxKeys} keys. Retire old ones."));
                known = new AeadEncryption(key, keyId, algorithm: algorithm);
                keys = keys.Add(keyId, known);
            }

            _state = new State(activate ? known : _state.Active, keys);
            return keyId;
        }
    }

    /// <summary>Swapped as one, so that a reader never sees an active key that is not in the ring.</summary>
    private sealed record State(AeadEncryption Active, ImmutableDictionary<uint, AeadEncryption> Keys);
}
