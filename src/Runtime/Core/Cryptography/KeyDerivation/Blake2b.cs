using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>BLAKE2b without a key, for Argon2 only; a digest of data is SHA-2's job here.</summary>
/// <remarks>Reference: RFC 7693. Parameters: digest 1 to 64 bytes, block 128 bytes, 12 rounds.</remarks>
internal ref struct Blake2b
{
    public const int MaxSizeInBytes = 64;
    private const int BlockSizeInBytes = 128;

    private static readonly ulong[] s_initial =
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    private static readonly byte[] s_order =
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
    ];

    private readonly Span<ulong> _state;
    private readonly Span<byte> _block;
    private readonly int _sizeInBytes;
    private int _buffered;
    private ulong _total;

    /// <summary>Starts a digest in memory of the caller's.</summary>
    /// <param name="sizeInBytes">1 to 64.</param>
    /// <param name="state">8 words.</param>
    /// <param name="block">128 bytes.</param>
    public Blake2b(int sizeInBytes, Span<ulong> state, Span<byte> block)
    {
        _sizeInBytes = sizeInBytes;
        _state = state;
        _block = block;
        s_initial.CopyTo(state);
        state[0] ^= 0x01010000u ^ (uint)sizeInBytes;
    }

    /// <summary>Digests up to three parts as one message.</summary>
    public static void HashData(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        Span<byte> block = stackalloc byte[BlockSizeInBytes];
        Span<ulong> state = stackalloc ulong[8];
        var hash = new Blake2b(digest.Length, state, block);
        hash.Append(first);
        hash.Append(second);
        hash.Finish(digest);
        CryptographicOperations.ZeroMemory(block);
        state.Clear();
    }

    public void AppendInt32(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Append(bytes);
    }

    public void Append(scoped ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            // The last block is compressed with a flag, so a full block waits until more data proves that it is not the last.
            if (_buffered == BlockSizeInBytes)
            {
                _total += BlockSizeInBytes;
                Compress(last: false);
                _buffered = 0;
            }

            int count = Math.Min(BlockSizeInBytes - _buffered, data.Length);
            data[..count].CopyTo(_block[_buffered..]);
            _buffered += count;
            data = data[count..];
        }
    }

    public void Finish(Span<byte> digest)
    {
        _total += (ulong)_buffered;
        _block[_buffered..].Clear();
        Compress(last: true);
        Span<byte> full = stackalloc byte[MaxSizeInBytes];
        for (int i = 0; i < 8; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(full[(i * 8)..], _state[i]);
        full[.._sizeInBytes].CopyTo(digest);
        CryptographicOperations.ZeroMemory(full);
    }

    private readonly void Compress(bool last)
    {
        Span<ulong> v = stackalloc ulong[16];
        Span<ulong> m = stackalloc ulong[16];
        _state.CopyTo(v);
        s_initial.CopyTo(v[8..]);
        v[12] ^= _total;
        if (last)
            v[14] = ~v[14];
        for (int i = 0; i < 16; i++)
            m[i] = BinaryPrimitives.ReadUInt64LittleEndian(_block[(i * 8)..]);
        for (int round = 0; round < 12; round++)
        {
            ReadOnlySpan<byte> order = s_order.AsSpan(round * 16, 16);
            Mix(ref v[0], ref v[4], ref v[8], ref v[12], m[order[0]], m[order[1]]);
            Mix(ref v[1], ref v[5], ref v[9], ref v[13], m[order[2]], m[order[3]]);
            Mix(ref v[2], ref v[6], ref v[10], ref v[14], m[order[4]], m[order[5]]);
            Mix(ref v[3], ref v[7], ref v[11], ref v[15], m[order[6]], m[order[7]]);
            Mix(ref v[0], ref v[5], ref v[10], ref v[15], m[order[8]], m[order[9]]);
            Mix(ref v[1], ref v[6], ref v[11], ref v[12], m[order[10]], m[order[11]]);
            Mix(ref v[2], ref v[7], ref v[8], ref v[13], m[order[12]], m[order[13]]);
            Mix(ref v[3], ref v[4], ref v[9], ref v[14], m[order[14]], m[order[15]]);
        }

        for (int i = 0; i < 8; i++)
            _state[i] ^= v[i] ^ v[i + 8];
        v.Clear();
        m.Clear();
    }

    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d, ulong x, ulong y)
    {
        unchecked
        {
            a += b + x;
            d = BitOperations.RotateRight(d ^ a, 32);
            c += d;
            b = BitOperations.RotateRight(b ^ c, 24);
            a += b + y;
            d = BitOperations.RotateRight(d ^ a, 16);
            c += d;
            b = BitOperations.RotateRight(b ^ c, 63);
        }
    }
}
