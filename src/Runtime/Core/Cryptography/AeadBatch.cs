using System.Diagnostics.CodeAnalysis;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Encrypts many messages that belong together, on all processors. An item cannot be swapped with another of the batch, with one of
/// another batch or with a single message, and none can be left out.
/// </summary>
/// <remarks>
/// Envelope: as in <see cref="AeadEncryption"/>, with format 2 (AES-256-GCM) or 4 (ChaCha20-Poly1305). Bound to each item are its index and the number of items (4 bytes each,
/// big endian) after the caller's data. The nonces of a batch are consecutive, which ties the items to one batch without another field.
/// Thread safe.
/// </remarks>
public static class AeadBatch
{
    private const int PositionSizeInBytes = 2 * sizeof(int);

    /// <summary>Encrypts the items of a batch.</summary>
    /// <param name="encryption">The key.</param>
    /// <param name="items">1 or more plaintexts.</param>
    /// <param name="associatedData">Bound to every item; not stored.</param>
    /// <returns>One envelope for each item, in the same order.</returns>
    /// <exception cref="ArgumentException">There is no item.</exception>
    /// <exception cref="NonceExhaustedException">The key has too few nonces left for the batch. Nothing was encrypted.</exception>
    public static byte[][] Encrypt(AeadEncryption encryption, IReadOnlyList<ReadOnlyMemory<byte>> items, ReadOnlyMemory<byte> associatedData = default)
    {
        ArgumentNullException.ThrowIfNull(encryption);
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count == 0)
            throw Error.Invalid(nameof(items), "A batch needs at least one item.");
        byte format = AeadEnvelope.Format(encryption.Algorithm, isBatch: true);
        NonceBlock nonces = encryption.ReserveNonces(items.Count);
        byte[][] envelopes = new byte[items.Count][];
        ForEachRange(encryption, items.Count, associatedData, (cipher, bound, index) =>
        {
            ReadOnlySpan<byte> plaintext = items[index].Span;
            byte[] envelope = GC.AllocateUninitializedArray<byte>(AeadEncryption.GetEnvelopeSize(plaintext.Length));
            encryption.EncryptCore(cipher, nonces, index, plaintext, envelope, bound, format);
            envelopes[index] = envelope;
            return true;
        });
        return envelopes;
    }

    /// <summary>Checks and decrypts a whole batch.</summary>
    /// <param name="encryption">The key.</param>
    /// <param name="envelopes">All envelopes of the batch, in order.</param>
    /// <param name="plaintexts">The plaintexts, or <see langword="null"/>.</param>
    /// <param name="associatedData">What was given to encrypt.</param>
    /// <returns>Whether the batch is complete, in order and authentic. If not, no plaintext is released.</returns>
    public static bool TryDecrypt(
        AeadEncryption encryption,
        IReadOnlyList<ReadOnlyMemory<byte>> envelopes,
        [NotNullWhen(true)] out byte[][]? plaintexts,
        ReadOnlyMemory<byte> associatedData = default)
    {
        ArgumentNullException.ThrowIfNull(encryption);
        ArgumentNullException.ThrowIfNull(envelopes);
        plaintexts = null;
        if (envelopes.Count == 0 || !HasConsecutiveNonces(envelopes))
            return false;
        byte format = AeadEnvelope.Format(encryption.Algorithm, isBatch: true);
        byte[][] results = new byte[envelopes.Count][];
        bool authentic = ForEachRange(encryption, envelopes.Count, associatedData, (cipher, bound, index) =>
        {
            ReadOnlySpan<byte> envelope = envelopes[index].Span;
            byte[] plaintext = GC.AllocateUninitializedArray<byte>(envelope.Length - AeadEncryption.OverheadInBytes);
            results[index] = plaintext;
            return encryption.TryDecryptCore(cipher, envelope, plaintext, out _, bound, format);
        });
        if (authentic)
        {
            plaintexts = results;
            return true;
        }

        foreach (byte[]? result in results)
            CryptographicOperations.ZeroMemory(result);
        return false;
    }

    /// <summary>Checks and decrypts a whole batch.</summary>
    /// <param name="encryption">The key.</param>
    /// <param name="envelopes">All envelopes of the batch, in order.</param>
    /// <param name="associatedData">What was given to encrypt.</param>
    /// <returns>The plaintexts, in order.</returns>
    /// <exception cref="AuthenticationTagMismatchException">The batch is incomplete, out of order or not authentic.</exception>
    public static byte[][] Decrypt(AeadEncryption encryption, IReadOnlyList<ReadOnlyMemory<byte>> envelopes, ReadOnlyMemory<byte> associatedData = default) =>
        TryDecrypt(encryption, envelopes, out byte[][]? plaintexts, associatedData)
            ? plaintexts
            : throw new AuthenticationTagMismatchException("The batch is not authentic for this key and associated data.");

    private delegate bool Step(AeadCipher cipher, ReadOnlySpan<byte> bound, int index);

    /// <summary>Each thread takes a range of items, one cipher and one buffer for the bound data.</summary>
    private static bool ForEachRange(AeadEncryption encryption, int count, ReadOnlyMemory<byte> associatedData, Step step)
    {
        int failures = 0;
        int ranges = Math.Min(count, Environment.ProcessorCount * 4);
        Parallel.For(0, ranges, range =>
        {
            byte[] bound = new byte[checked(associatedData.Length + PositionSizeInBytes)];
            associatedData.Span.CopyTo(bound);
            BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan(associatedData.Length + sizeof(int)), count);
            AeadCipher cipher = encryption.RentCipher();
            try
            {
                int end = (int)((long)count * (range + 1) / ranges);
                for (int index = (int)((long)count * range / ranges); index < end; index++)
                {
                    BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan(associatedData.Length), index);
                    if (!step(cipher, bound, index))
                        Interlocked.Increment(ref failures);
                }
            }
            finally
            {
                encryption.ReturnCipher(cipher);
            }
        });
        return failures == 0;
    }

    private static bool HasConsecutiveNonces(IReadOnlyList<ReadOnlyMemory<byte>> envelopes)
    {
        UInt128 first = 0;
        for (int i = 0; i < envelopes.Count; i++)
        {
            ReadOnlySpan<byte> envelope = envelopes[i].Span;
            if (envelope.Length < AeadEncryption.OverheadInBytes)
                return false;
            // The four bytes ahead of the nonce are the key id, which the items share as well.
            UInt128 nonce = BinaryPrimitives.ReadUInt128BigEndian(envelope.Slice(1, 16));
            if (i == 0)
                first = nonce;
            else if (nonce != unchecked(first + (uint)i))
                return false;
        }

        return true;
    }
}
