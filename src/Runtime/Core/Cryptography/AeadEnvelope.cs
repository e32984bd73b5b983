using System.Buffers;
using System.Buffers.Binary;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>The layout of an envelope: format (1 byte) | key id (4, big endian) | nonce (12) | ciphertext | tag (16).</summary>
internal static class AeadEnvelope
{
    public const int KeyIdSizeInBytes = sizeof(uint);
    public const int NonceSizeInBytes = NonceSequence.SizeInBytes;
    public const int TagSizeInBytes = 16;
    public const int BoundHeaderSizeInBytes = 1 + KeyIdSizeInBytes;
    public const int HeaderSizeInBytes = BoundHeaderSizeInBytes + NonceSizeInBytes;
    public const int OverheadInBytes = HeaderSizeInBytes + TagSizeInBytes;
    private const int StackLimit = 512;

    /// <summary>Bytes of associated data up to which <see cref="Bind"/> needs no buffer but the caller's on the stack.</summary>
    public const int SmallAssociatedData = StackLimit - BoundHeaderSizeInBytes;

    /// <summary>Size of the buffer that goes with <see cref="SmallAssociatedData"/>.</summary>
    public const int SmallBuffer = StackLimit;

    /// <summary>The first byte: which algorithm, and whether the message belongs to a batch. It is authenticated, so it cannot be exchanged.</summary>
    public static byte Format(AeadAlgorithm algorithm, bool isBatch) => algorithm switch
    {
        AeadAlgorithm.ChaCha20Poly1305 => isBatch ? (byte)4 : (byte)3,
        _ => isBatch ? (byte)2 : (byte)1,
    };

    public static bool HasShape(ReadOnlySpan<byte> envelope, byte format) => envelope.Length >= OverheadInBytes && envelope[0] == format;

    public static bool TryReadHeader(ReadOnlySpan<byte> envelope, out AeadAlgorithm algorithm, out uint keyId)
    {
        bool shaped = envelope.Length >= OverheadInBytes && envelope[0] is >= 1 and <= 4;
        algorithm = shaped && envelope[0] >= 3 ? AeadAlgorithm.ChaCha20Poly1305 : AeadAlgorithm.Aes256Gcm;
        keyId = shaped ? ReadKeyId(envelope) : 0;
        return shaped;
    }

    public static uint ReadKeyId(ReadOnlySpan<byte> envelope) => BinaryPrimitives.ReadUInt32BigEndian(envelope[1..]);

    public static void WriteHeader(Span<byte> envelope, byte format, uint keyId, ReadOnlySpan<byte> nonce)
    {
        envelope[0] = format;
        BinaryPrimitives.WriteUInt32BigEndian(envelope[1..], keyId);
        nonce.CopyTo(envelope[BoundHeaderSizeInBytes..]);
    }

    public static ReadOnlySpan<byte> Nonce(ReadOnlySpan<byte> envelope) => envelope.Slice(BoundHeaderSizeInBytes, NonceSizeInBytes);

    /// <summary>Puts format and key id, whose size is fixed, ahead of the caller's data: the concatenation is unambiguous.</summary>
    /// <param name="envelope">An envelope whose header is written.</param>
    /// <param name="associatedData">The caller's data.</param>
    /// <param name="buffer">A buffer on the stack, or nothing if the data does not fit in it.</param>
    /// <param name="rented">A buffer of the pool, which the caller returns, if the other was too small.</param>
    public static ReadOnlySpan<byte> Bind(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> buffer, ref byte[]? rented)
    {
        int size = checked(BoundHeaderSizeInBytes + associatedData.Length);
        if (buffer.Length < size)
            buffer = rented = ArrayPool<byte>.Shared.Rent(size);
        envelope[..BoundHeaderSizeInBytes].CopyTo(buffer);
        associatedData.CopyTo(buffer[BoundHeaderSizeInBytes..]);
        return buffer[..size];
    }

    public static void Return(byte[]? rented)
    {
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }
}
