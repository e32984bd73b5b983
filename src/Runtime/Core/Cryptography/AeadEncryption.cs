using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Authenticated encryption with AES-256-GCM. Every message is a self-describing envelope with a nonce of its own, so there is no nonce
/// for a caller to get wrong.
/// </summary>
/// <remarks>
/// References: NIST SP 800-38D; RFC 5116, section 5.2 (AEAD_AES_256_GCM).
/// Parameters: key 32 bytes, nonce 12 bytes, tag 16 bytes.
/// Envelope: version (1 byte, value 1) | key id (4 bytes, big endian) | nonce (12) | ciphertext (as long as the plaintext) | tag (16).
/// Version and key id are authenticated ahead of the caller's associated data; the nonce is authenticated by GCM itself.
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
    public const int NonceSizeInBytes = NonceSequence.SizeInBytes;

    /// <summary>Size of a tag, in bytes: 16.</summary>
    public const int TagSizeInBytes = 16;

    /// <summary>Bytes before the ciphertext: 17 (version 1, key id 4, nonce 12).</summary>
    public const int HeaderSizeInBytes = 1 + KeyIdSizeInBytes + NonceSizeInBytes;

    /// <summary>Bytes that an envelope adds to the plaintext: 33.</summary>
    public const int OverheadInBytes = HeaderSizeInBytes + TagSizeInBytes;

    internal const int KeyIdSizeInBytes = sizeof(uint);
    internal const byte Version = 1;
    private const int BoundHeaderSizeInBytes = 1 + KeyIdSizeInBytes;
    private const int StackLimit = 512;

    private readonly AesGcmPool _ciphers;
    private readonly NonceSequence _nonces;

    /// <summary>Creates an encryption whose key id is computed from the key.</summary>
    /// <param name="key">Exactly 32 bytes. It is copied; wipe the original when it is no longer needed.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public AeadEncryption(ReadOnlySpan<byte> key)
        : this(key, ComputeKeyId(key))
    {
    }

    /// <summary>Creates an encryption with a key id of the caller's.</summary>
    /// <param name="key">Exactly 32 bytes. It is copied; wipe the original when it is no longer needed.</param>
    /// <param name="keyId">Written into every envelope, so that a reader can find the key. It is public.</param>
    /// <param name="nonces">Where nonces come from; by default a sequence with a random start and 2^32 messages.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public AeadEncryption(ReadOnlySpan<byte> key, uint keyId, NonceSequence? nonces = null)
    {
        CheckKey(key);
        KeyId = keyId;
        _nonces = nonces ?? new NonceSequence();
        _ciphers = new AesGcmPool(key);
    }

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
    public static bool TryReadKeyId(ReadOnlySpan<byte> envelope, out uint keyId)
    {
        bool shaped = HasShape(envelope, Version) || HasShape(envelope, AeadBatch.Version);
        keyId = shaped ? BinaryPrimitives.ReadUInt32BigEndian(envelope[1..]) : 0;
        return shaped;
    }

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
        AesGcm cipher = _ciphers.Rent();
        try
        {
            // The nonce is drawn after everything that can fail for another reason, and exhaustion leaves the destination untouched.
            EncryptCore(cipher, _nonces.Reserve(1), 0, plaintext, destination[..size], associatedData, Version);
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
        AesGcm cipher = _ciphers.Rent();
        try
        {
            return TryDecryptCore(cipher, envelope, destination, out bytesWritten, associatedData, Version);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    /// <summary>Wipes the key. Further calls do nothing; other members throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _ciphers.Dispose();

    /// <summary>Computes the id that a key has unless the caller chooses one: 4 bytes of HMAC-SHA-256, which say nothing about the key.</summary>
    internal static uint ComputeKeyId(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, "SecurityToolchain.AeadEncryption.KeyId"u8, mac);
        return BinaryPrimitives.ReadUInt32BigEndian(mac);
    }

    internal NonceBlock ReserveNonces(int count) => _nonces.Reserve(count);

    internal AesGcm RentCipher() => _ciphers.Rent();

    internal void ReturnCipher(AesGcm cipher) => _ciphers.Return(cipher);

    internal void EncryptCore(
        AesGcm cipher,
        NonceBlock nonces,
        int index,
        ReadOnlySpan<byte> plaintext,
        Span<byte> envelope,
        ReadOnlySpan<byte> associatedData,
        byte version)
    {
        envelope[0] = version;
        BinaryPrimitives.WriteUInt32BigEndian(envelope[1..], KeyId);
        nonces.Write(index, envelope.Slice(BoundHeaderSizeInBytes, NonceSizeInBytes));
        byte[]? rented = null;
        Span<byte> bound = BindAssociatedData(
            envelope, associatedData, associatedData.Length <= StackLimit - BoundHeaderSizeInBytes ? stackalloc byte[StackLimit] : default, ref rented);
#pragma warning disable STC2005 // NonceBlock.Write fills this slice above; the rule does not follow a write through a slice into another method.
        cipher.Encrypt(
            envelope.Slice(BoundHeaderSizeInBytes, NonceSizeInBytes), plaintext, envelope.Slice(HeaderSizeInBytes, plaintext.Length), envelope[^TagSizeInBytes..], bound);
#pragma warning restore STC2005
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    internal bool TryDecryptCore(
        AesGcm cipher,
        ReadOnlySpan<byte> envelope,
        Span<byte> destination,
        out int bytesWritten,
        ReadOnlySpan<byte> associatedData,
        byte version)
    {
        bytesWritten = 0;
        int size = envelope.Length - OverheadInBytes;
        if (!HasShape(envelope, version) || BinaryPrimitives.ReadUInt32BigEndian(envelope[1..]) != KeyId)
        {
            destination[..Math.Clamp(size, 0, destination.Length)].Clear();
            return false;
        }

        if (destination.Length < size)
            throw Error.DestinationTooSmall(nameof(destination), size, destination.Length);
        byte[]? rented = null;
        Span<byte> bound = BindAssociatedData(
            envelope, associatedData, associatedData.Length <= StackLimit - BoundHeaderSizeInBytes ? stackalloc byte[StackLimit] : default, ref rented);
        try
        {
            cipher.Decrypt(
                envelope.Slice(BoundHeaderSizeInBytes, NonceSizeInBytes), envelope.Slice(HeaderSizeInBytes, size), envelope[^TagSizeInBytes..], destination[..size], bound);
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
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private static bool HasShape(ReadOnlySpan<byte> envelope, byte version) => envelope.Length >= OverheadInBytes && envelope[0] == version;

    /// <summary>Puts version and key id, whose size is fixed, ahead of the caller's data: the concatenation is unambiguous.</summary>
    private static Span<byte> BindAssociatedData(
        ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> buffer, ref byte[]? rented)
    {
        int size = checked(BoundHeaderSizeInBytes + associatedData.Length);
        if (buffer.Length < size)
            buffer = rented = ArrayPool<byte>.Shared.Rent(size);
        envelope[..BoundHeaderSizeInBytes].CopyTo(buffer);
        associatedData.CopyTo(buffer[BoundHeaderSizeInBytes..]);
        return buffer[..size];
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

    private static void CheckKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySizeInBytes)
            throw Error.WrongLength(nameof(key), "An AES-256 key", KeySizeInBytes, key.Length);
    }
}
