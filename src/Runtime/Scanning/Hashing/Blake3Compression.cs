using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>The compression function of BLAKE3 for one block, and its constants.</summary>
internal static class Blake3Compression
{
    public const uint ChunkStart = 1;
    public const uint ChunkEnd = 2;
    public const uint Parent = 4;
    public const uint Root = 8;
    public const uint KeyedHash = 16;
    public const uint DeriveKeyContext = 32;
    public const uint DeriveKeyMaterial = 64;

    public static ReadOnlySpan<uint> Iv =>
        [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    /// <summary>The order of message words in each of the seven rounds.</summary>
    public static ReadOnlySpan<byte> Schedule =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8,
        3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1,
        10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6,
        12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4,
        9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7,
        11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13,
    ];

    public static void LoadWords(ReadOnlySpan<byte> block, Span<uint> words)
    {
        for (int i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * 4)..]);
    }

    /// <summary>Compresses one block; the first eight words of the output are the new chaining value.</summary>
    [SkipLocalsInit]
    public static void Compress(ReadOnlySpan<uint> value, ReadOnlySpan<uint> m, ulong counter, uint length, uint flags, Span<uint> output)
    {
        unchecked
        {
            uint v0 = value[0], v1 = value[1], v2 = value[2], v3 = value[3], v4 = value[4], v5 = value[5], v6 = value[6], v7 = value[7];
            uint v8 = Iv[0], v9 = Iv[1], v10 = Iv[2], v11 = Iv[3], v12 = (uint)counter, v13 = (uint)(counter >> 32), v14 = length, v15 = flags;
            for (int round = 0; round < 7; round++)
            {
                ReadOnlySpan<byte> s = Schedule.Slice(round * 16, 16);
                Mix(ref v0, ref v4, ref v8, ref v12, m[s[0]], m[s[1]]);
                Mix(ref v1, ref v5, ref v9, ref v13, m[s[2]], m[s[3]]);
                Mix(ref v2, ref v6, ref v10, ref v14, m[s[4]], m[s[5]]);
                Mix(ref v3, ref v7, ref v11, ref v15, m[s[6]], m[s[7]]);
                Mix(ref v0, ref v5, ref v10, ref v15, m[s[8]], m[s[9]]);
                Mix(ref v1, ref v6, ref v11, ref v12, m[s[10]], m[s[11]]);
                Mix(ref v2, ref v7, ref v8, ref v13, m[s[12]], m[s[13]]);
                Mix(ref v3, ref v4, ref v9, ref v14, m[s[14]], m[s[15]]);
            }

            // Read before written: the output may be the chaining value itself.
            uint c0 = value[0], c1 = value[1], c2 = value[2], c3 = value[3], c4 = value[4], c5 = value[5], c6 = value[6], c7 = value[7];
            output[0] = v0 ^ v8;
            output[1] = v1 ^ v9;
            output[2] = v2 ^ v10;
            output[3] = v3 ^ v11;
            output[4] = v4 ^ v12;
            output[5] = v5 ^ v13;
            output[6] = v6 ^ v14;
            output[7] = v7 ^ v15;
            output[8] = v8 ^ c0;
            output[9] = v9 ^ c1;
            output[10] = v10 ^ c2;
            output[11] = v11 ^ c3;
            output[12] = v12 ^ c4;
            output[13] = v13 ^ c5;
            output[14] = v14 ^ c6;
            output[15] = v15 ^ c7;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref uint a, ref uint b, ref uint c, ref uint d, uint x, uint y)
    {
        unchecked
        {
            a = a + b + x;
            d = BitOperations.RotateRight(d ^ a, 16);
            c += d;
            b = BitOperations.RotateRight(b ^ c, 12);
            a = a + b + y;
            d = BitOperations.RotateRight(d ^ a, 8);
            c += d;
            b = BitOperations.RotateRight(b ^ c, 7);
        }
    }
}
