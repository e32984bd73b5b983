using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// SipHash-2-4 with a result of 128 bits: a keyed pseudorandom function for names in tables of this process. Without the key nobody finds
/// two inputs with one name. Not a hash to store or to send: the key lives and dies with the object. Immutable, thread safe.
/// </summary>
/// <remarks>
/// Reference: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), and the 128-bit variant of their reference implementation.
/// Parameters: key 16 bytes, random for each object; 2 compression rounds, 4 finalisation rounds.
/// </remarks>
internal sealed class SipHash128
{
    public const int KeySizeInBytes = 16;

    private readonly ulong _key0;
    private readonly ulong _key1;

    /// <summary>Takes a random key.</summary>
    public SipHash128()
    {
        Span<byte> key = stackalloc byte[KeySizeInBytes];
        RandomNumberGenerator.Fill(key);
        (_key0, _key1) = (BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Takes a key, for tests with published vectors.</summary>
    internal SipHash128(ReadOnlySpan<byte> key) =>
        (_key0, _key1) = (BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));

    public UInt128 Compute(ReadOnlySpan<byte> message)
    {
        unchecked
        {
            ulong v0 = _key0 ^ 0x736F6D6570736575;
            ulong v1 = _key1 ^ 0x646F72616E646F6D ^ 0xEE;
            ulong v2 = _key0 ^ 0x6C7967656E657261;
            ulong v3 = _key1 ^ 0x7465646279746573;
            ulong last = (ulong)message.Length << 56;
            for (; message.Length >= sizeof(ulong); message = message[sizeof(ulong)..])
            {
                ulong word = BinaryPrimitives.ReadUInt64LittleEndian(message);
                v3 ^= word;
                Round(ref v0, ref v1, ref v2, ref v3);
                Round(ref v0, ref v1, ref v2, ref v3);
                v0 ^= word;
            }

            for (int i = 0; i < message.Length; i++)
                last |= (ulong)message[i] << (8 * i);
            v3 ^= last;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= last;
            v2 ^= 0xEE;
            Finish(ref v0, ref v1, ref v2, ref v3);
            ulong low = v0 ^ v1 ^ v2 ^ v3;
            v1 ^= 0xDD;
            Finish(ref v0, ref v1, ref v2, ref v3);
            return new UInt128(v0 ^ v1 ^ v2 ^ v3, low);
        }
    }

    private static void Finish(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        for (int i = 0; i < 4; i++)
            Round(ref v0, ref v1, ref v2, ref v3);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        unchecked
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
