using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Authenticated encryption with AES-256-GCM or ChaCha20-Poly1305. Every message is a self-describing envelope with a nonce of its own, so there is no nonce
/// for a caller to get wrong.
/// </summary>
/// <remarks>
/// References: NIST SP 800-38D; RFC 5116, section 5.2 (AEAD_AES_256_GCM); RFC 8439 (AEAD_CHACHA20_POLY1305).
/// Parameters: key 32 bytes, nonce 12 bytes, tag 16 bytes.
/// Envelope: format (1 byte: 1 AES-256-GCM, 3 ChaCha20-Poly1305) | key id (4 bytes, big endian) | nonce (12) | ciphertext (as long as the plaintext) | tag (16).
/// Format and key id are authenticated ahead of the caller's associated data; the nonce is authenticated by the algorithm itself.
/// All members may be used by several threads at once.
/// </remarks>
/// <example>
/// <code>
/// using var encryption = new AeadEncryption(key);
/// byte[] envelope = encryption.Encrypt(message, associatedData: "user:42"u8);
/// byte[] message = encryption.Decrypt(envelope, associatedData: "user:42"u8);
/// </code>
/// </example>
public sealed class AeadEncryption : IDisposable
{
    /// <summary>Size of a key, in bytes: 32.</summary>
    public const int KeySizeInBytes = 32;

    /// <summary>Size of a nonce, in bytes: 12.</summary>
    public const int NonceSizeInBytes = AeadEnvelope.NonceSizeInBytes;

    /// <summary>Size of a tag, in bytes: 16.</summary>
    public const int TagSizeInBytes = AeadEnvelope.TagSizeInBytes;

    /// <summary>Bytes before the ciphertext: 17 (format 1, key id 4, nonce 12).</summary>
    public const int HeaderSizeInBytes = AeadEnvelope.HeaderSizeInBytes;

    /// <summary>Bytes that an envelope adds to the plaintext: 33.</summary>
    public const int OverheadInBytes = AeadEnvelope.OverheadInBytes;

    private readonly AeadCipherPool _ciphers;
    private readonly NonceSequence _nonces;
    private readonly byte _format;

    /// <summary>Creates an encryption whose key id is computed from the key and the algorithm.</summary>
    /// <param name="key">Exactly 32 bytes. It is copied; wipe the original when it is no longer needed.</param>
    /// <param name="algorithm">How messages are encrypted. Default AES-256-GCM.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long, or the algorithm is unknown.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system does not have the algorithm.</exception>
    public AeadEncryption(ReadOnlySpan<byte> key, AeadAlgorithm algorithm = AeadAlgorithm.Aes256Gcm)
        : this(key, ComputeKeyId(key, algorithm), algorithm: algorithm)
    {
    }

    /// <summary>Creates an encryption with a key id of the caller's.</summary>
    /// <param name="key">Exactly 32 bytes. It is copied; wipe the original when it is no longer needed.</param>
    /// <param name="keyId">Written into every envelope, so that a reader can find the key. It is public.</param>
    /// <param name="nonces">Where nonces come from; by default a sequence with a random start and 2^32 messages.</param>
    /// <param name="algorithm">How messages are encrypted. Default AES-256-GCM.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long, or the algorithm is unknown.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system does not have the algorithm.</exception>
    public AeadEncryption(ReadOnlySpan<byte> key, uint keyId, NonceSequence? nonces = null, AeadAlgorithm algorithm = AeadAlgorithm.Aes256Gcm)
    {
        Check(key, algorithm);
        KeyId = keyId;
        _nonces = nonces ?? new NonceSequence();
        _format = AeadEnvelope.Format(algorithm, isBatch: false);
        _ciphers = new AeadCipherPool(algorithm, key);
    }

    /// <summary>How messages are encrypted.</summary>
    public AeadAlgorithm Algorithm => _ciphers.Algorithm;

    /// <summary>Names the key in every envelope. Public, not secret.</summary>
    public uint KeyId { get; }

    /// <summary>Messages that can still be encrypted under this key before <see cref="NonceExhaustedException"/>.</summary>
    public long RemainingMessages => _nonces.Remaining;

    /// <summary>The key's buffer, for tests that look at what is left in memory.</summary>
    internal SecureBuffer KeyBuffer => _ciphers.Key;

    /// <summary>Returns a new random key, 32 bytes.</summary>
    public static byte[] GenerateKey() => RandomNumberGenerator.GetBytes(KeySizeInBytes);

    /// <summary>Returns the size of the envelope of a plaintext, in bytes.</summary>
    /// <param name="plaintextSizeInBytes">0 to 2,147,483,614.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static int GetEnvelopeSize(int plaintextSizeInBytes)
    {
        if (plaintextSizeInBytes < 0 || plaintextSizeInBytes > int.MaxValue - OverheadInBytes)
            throw Error.OutOfRange(nameof(plaintextSizeInBytes), "The plaintext in bytes", 0, int.MaxValue - OverheadInBytes, plaintextSizeInBytes);
        return plaintextSizeInBytes + OverheadInBytes;
    }

    /// <summary>Reads the key id of an envelope, without checking that the envelope is authentic.</summary>
    /// <param name="envelope">Any bytes.</param>
    /// <param name="keyId">The key id, or 0.</param>
    /// <returns>Whether the bytes have the shape of an envelope.</returns>
    public static bool TryReadKeyId(ReadOnlySpan<byte> envelope, out uint keyId) =>
        AeadEnvelope.TryReadHeader(envelope, out _, out keyId);

    /// <summary>Encrypts and authenticates a message.</summary>
    /// <param name="plaintext">0 to 2,147,483,614 bytes.</param>
    /// <param name="associatedData">Authenticated, not encrypted and not stored: the same bytes must be given to decrypt. Bind the record, the user, the purpose.</param>
    /// <returns>The envelope, <see cref="OverheadInBytes"/> bytes longer than the plaintext.</returns>
    /// <exception cref="NonceExhaustedException">The key has encrypted as many messages as it may.</exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public byte[] Encrypt(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData = default)
    {
        byte[] envelope = GC.AllocateUninitializedArray<byte>(GetEnvelopeSize(plaintext.Length));
        EncryptInto(plaintext, envelope, associatedData);
        return envelope;
    }

    /// <summary>Encrypts and authenticates a message into a buffer of the caller's.</summary>
    /// <param name="plaintext">0 to 2,147,483,614 bytes; must not overlap <paramref name="destination"/>.</param>
    /// <param name="destination">At least <see cref="GetEnvelopeSize"/> bytes.</param>
    /// <param name="associatedData">Authenticated, not encrypted and not stored.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The destination is too small or overlaps the plaintext. Nothing is written and no nonce used.</exception>
    /// <exception cref="NonceExhaustedException">The key has encrypted as many messages as it may.</exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public int EncryptInto(ReadOnlySpan<byte> plaintext, Span<byte> destination, ReadOnlySpan<byte> associatedData = default)
    {
        int size = CheckDestination(plaintext, destination);
        AeadCipher cipher = _ciphers.Rent();
        try
        {
            // The nonce is drawn after everything that can fail for another reason, and exhaustion leaves the destination untouched.
            EncryptCore(cipher, _nonces.Reserve(1), 0, plaintext, destination[..size], associatedData, _format);
        }
        finally
        {
            _ciphers.Return(cipher);
        }

        return size;
    }

    /// <summary>Checks and decrypts an envelope.</summary>
    /// <param name="envelope">What <see cref="Encrypt(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> returned.</param>
    /// <param name="associatedData">What was given to encrypt.</param>
    /// <returns>The plaintext.</returns>
    /// <exception cref="AuthenticationTagMismatchException">
    /// The envelope is truncated, changed, of another version, of another key, or bound to other associated data. The exception does not say which.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData = default) =>
        TryDecrypt(envelope, out byte[]? plaintext, associatedData)
            ? plaintext
            : throw new AuthenticationTagMismatchException("The envelope is not authentic for this key and associated data.");

    /// <summary>Checks and decrypts an envelope; a forged one is an expected outcome.</summary>
    /// <param name="envelope">Any bytes.</param>
    /// <param name="plaintext">The plaintext, or <see langword="null"/>.</param>
    /// <param name="associatedData">What was given to encrypt.</param>
    /// <returns>Whether the envelope is authentic.</returns>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public bool TryDecrypt(ReadOnlySpan<byte> envelope, [NotNullWhen(true)] out byte[]? plaintext, ReadOnlySpan<byte> associatedData = default)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(Math.Max(0, envelope.Length - OverheadInBytes));
        bool authentic = TryDecrypt(envelope, buffer, out _, associatedData);
        plaintext = authentic ? buffer : null;
        return authentic;
    }

    /// <summary>Checks and decrypts an envelope into a buffer of the caller's.</summary>
    /// <param name="envelope">Any bytes; must not overlap <paramref name="destination"/>.</param>
    /// <param name="destination">At least 33 bytes shorter than the envelope is enough.</param>
    /// <param name="bytesWritten">Bytes of plaintext, or 0.</param>
    /// <param name="associatedData">What was given to encrypt.</param>
    /// <returns>Whether the envelope is authentic. If not, the destination holds zeros where plaintext would be.</returns>
    /// <exception cref="ArgumentException">The destination is too small for the plaintext.</exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public bool TryDecrypt(ReadOnlySpan<byte> envelope, Span<byte> destination, out int bytesWritten, ReadOnlySpan<byte> associatedData = default)
    {
        AeadCipher cipher = _ciphers.Rent();
        try
        {
            return TryDecryptCore(cipher, envelope, destination, out bytesWritten, associatedData, _format);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    /// <summary>Wipes the key. Further calls do nothing; other members throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _ciphers.Dispose();

    /// <summary>
    /// Computes the id that a key has unless the caller chooses one: 4 bytes of HMAC-SHA-256, which say nothing about the key. One key
    /// under two algorithms has two ids.
    /// </summary>
    internal static uint ComputeKeyId(ReadOnlySpan<byte> key, AeadAlgorithm algorithm)
    {
        Check(key, algorithm);
        ReadOnlySpan<byte> label = algorithm == AeadAlgorithm.Aes256Gcm
            ? "SecurityToolchain.AeadEncryption.KeyId"u8
            : "SecurityToolchain.AeadEncryption.KeyId.ChaCha20Poly1305"u8;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, label, mac);
        return BinaryPrimitives.ReadUInt32BigEndian(mac);
    }

    internal NonceBlock ReserveNonces(int count) => _nonces.Reserve(count);

    internal AeadCipher RentCipher() => _ciphers.Rent();

    internal void ReturnCipher(AeadCipher cipher) => _ciphers.Return(cipher);

    internal void EncryptCore(
        AeadCipher cipher, NonceBlock nonces, int index, ReadOnlySpan<byte> plaintext, Span<byte> envelope, ReadOnlySpan<byte> associatedData, byte format)
    {
        Span<byte> nonce = stackalloc byte[NonceSizeInBytes];
        nonces.Write(index, nonce);
        AeadEnvelope.WriteHeader(envelope, format, KeyId, nonce);
        byte[]? rented = null;
        ReadOnlySpan<byte> bound = AeadEnvelope.Bind(
            envelope, associatedData, associatedData.Length <= AeadEnvelope.SmallAssociatedData ? stackalloc byte[AeadEnvelope.SmallBuffer] : default, ref rented);
        try
        {
            cipher.Encrypt(nonce, plaintext, envelope.Slice(HeaderSizeInBytes, plaintext.Length), envelope[^TagSizeInBytes..], bound);
        }
        finally
        {
            AeadEnvelope.Return(rented);
        }
    }

    internal bool TryDecryptCore(
        AeadCipher cipher, ReadOnlySpan<byte> envelope, Span<byte> destination, out int bytesWritten, ReadOnlySpan<byte> associatedData, byte format)
    {
        bytesWritten = 0;
        int size = envelope.Length - OverheadInBytes;
        if (!AeadEnvelope.HasShape(envelope, format) || AeadEnvelope.ReadKeyId(envelope) != KeyId)
        {
            destination[..Math.Clamp(size, 0, destination.Length)].Clear();
            return false;
        }

        if (destination.Length < size)
            throw Error.DestinationTooSmall(nameof(destination), size, destination.Length);
        byte[]? rented = null;
        ReadOnlySpan<byte> bound = AeadEnvelope.Bind(
            envelope, associatedData, associatedData.Length <= AeadEnvelope.SmallAssociatedData ? stackalloc byte[AeadEnvelope.SmallBuffer] : default, ref rented);
        try
        {
            cipher.Decrypt(AeadEnvelope.Nonce(envelope), envelope.Slice(HeaderSizeInBytes, size), envelope[^TagSizeInBytes..], destination[..size], bound);
            bytesWritten = size;
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(destination[..size]);
            return false;
        }
        finally
        {
            AeadEnvelope.Return(rented);
        }
    }

    private static int CheckDestination(ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        int size = GetEnvelopeSize(plaintext.Length);
        if (destination.Length < size)
            throw Error.DestinationTooSmall(nameof(destination), size, destination.Length);
        if (plaintext.Overlaps(destination))
            throw Error.Invalid(nameof(destination), "The destination overlaps the plaintext.");
        return size;
    }

    private static void Check(ReadOnlySpan<byte> key, AeadAlgorithm algorithm)
    {
        if (!Enum.IsDefined(algorithm))
            throw Error.Invalid(nameof(algorithm), $"The encryption algorithm {(int)algorithm} is unknown.");
        if (key.Length != KeySizeInBytes)
            throw Error.WrongLength(nameof(key), "An encryption key", KeySizeInBytes, key.Length);
    }
}
