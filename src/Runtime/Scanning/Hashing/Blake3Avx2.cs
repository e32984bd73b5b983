using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>
/// Eight BLAKE3 inputs at a time, one in each 32-bit lane of a 256-bit register. Word i of all eight inputs is one vector, so every step of
/// the scalar function is one instruction for eight inputs; loading needs an 8 by 8 transposition.
/// </summary>
internal static unsafe class Blake3Avx2
{
    /// <summary>Hashes 16 chunks to the chaining value of their subtree.</summary>
    /// <param name="batch">16,384 bytes.</param>
    /// <param name="key">Eight words.</param>
    /// <param name="counter">The number of the first chunk, a multiple of 16.</param>
    /// <param name="modeFlags">The flags of the mode.</param>
    /// <param name="root">Receives eight words.</param>
    [SkipLocalsInit]
    public static void HashSubtree(ReadOnlySpan<byte> batch, ReadOnlySpan<uint> key, ulong counter, uint modeFlags, Span<uint> root)
    {
        if (batch.Length != Blake3.BatchLength)
            throw new ArgumentException("A batch has 16 chunks.", nameof(batch));
        byte* values = stackalloc byte[24 * 32];
        byte* parents = stackalloc byte[8 * 64];
        fixed (byte* input = batch)
        fixed (uint* k = key)
        {
            HashMany(input, Blake3.ChunkLength, 16, k, counter, 1, modeFlags, Blake3Compression.ChunkStart, Blake3Compression.ChunkEnd, values);
            HashMany(input + (8 * Blake3.ChunkLength), Blake3.ChunkLength, 16, k, counter + 8, 1, modeFlags, Blake3Compression.ChunkStart, Blake3Compression.ChunkEnd, values + 256);
            // Neighbouring chaining values are the 64-byte block of their parent, so each level reads the one below in place.
            uint flags = modeFlags | Blake3Compression.Parent;
            HashMany(values, 64, 1, k, 0, 0, flags, 0, 0, parents);
            HashMany(parents, 64, 1, k, 0, 0, flags, 0, 0, values);
            HashMany(values, 64, 1, k, 0, 0, flags, 0, 0, parents);
        }

        Span<uint> words = stackalloc uint[16];
        Span<uint> full = stackalloc uint[16];
        new ReadOnlySpan<uint>(parents, 16).CopyTo(words);
        Blake3Compression.Compress(key, words, 0, Blake3.BlockLength, modeFlags | Blake3Compression.Parent, full);
        full[..8].CopyTo(root);
    }

    [SkipLocalsInit]
    private static void HashMany(
        byte* input, int stride, int blocks, uint* key, ulong counter, uint counterStep, uint flags, uint startFlag, uint endFlag, byte* output)
    {
        Vector256<byte> rotate16 = Vector256.Create(
            (byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
        Vector256<byte> rotate8 = Vector256.Create(
            (byte)1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
        Vector256<uint>* words = stackalloc Vector256<uint>[16];
        byte* schedule = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Blake3Compression.Schedule));
        Vector256<uint> h0 = Vector256.Create(key[0]), h1 = Vector256.Create(key[1]), h2 = Vector256.Create(key[2]), h3 = Vector256.Create(key[3]);
        Vector256<uint> h4 = Vector256.Create(key[4]), h5 = Vector256.Create(key[5]), h6 = Vector256.Create(key[6]), h7 = Vector256.Create(key[7]);
        uint low = (uint)counter;
        // The counter of a batch is a multiple of 8, so adding 0 to 7 never carries into the high word.
        Vector256<uint> counterLow = Vector256.Create(low) + (Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7) * counterStep);
        Vector256<uint> counterHigh = Vector256.Create((uint)(counter >> 32));

        for (int block = 0; block < blocks; block++)
        {
            byte* at = input + (block * 64);
            LoadTransposed(at, stride, words);
            LoadTransposed(at + 32, stride, words + 8);
            uint blockFlags = flags | (block == 0 ? startFlag : 0) | (block == blocks - 1 ? endFlag : 0);
            Vector256<uint> v0 = h0;
            Vector256<uint> v1 = h1;
            Vector256<uint> v2 = h2;
            Vector256<uint> v3 = h3;
            Vector256<uint> v4 = h4;
            Vector256<uint> v5 = h5;
            Vector256<uint> v6 = h6;
            Vector256<uint> v7 = h7;
            Vector256<uint> v8 = Vector256.Create(0x6A09E667u);
            Vector256<uint> v9 = Vector256.Create(0xBB67AE85u);
            Vector256<uint> v10 = Vector256.Create(0x3C6EF372u);
            Vector256<uint> v11 = Vector256.Create(0xA54FF53Au);
            Vector256<uint> v12 = counterLow;
            Vector256<uint> v13 = counterHigh;
            Vector256<uint> v14 = Vector256.Create(64u);
            Vector256<uint> v15 = Vector256.Create(blockFlags);
            byte* s = schedule;
            for (int round = 0; round < 7; round++, s += 16)
            {
                v0 = v0 + v4 + words[s[0]];
                v1 = v1 + v5 + words[s[2]];
                v2 = v2 + v6 + words[s[4]];
                v3 = v3 + v7 + words[s[6]];
                v12 = Avx2.Shuffle((v12 ^ v0).AsByte(), rotate16).AsUInt32();
                v13 = Avx2.Shuffle((v13 ^ v1).AsByte(), rotate16).AsUInt32();
                v14 = Avx2.Shuffle((v14 ^ v2).AsByte(), rotate16).AsUInt32();
                v15 = Avx2.Shuffle((v15 ^ v3).AsByte(), rotate16).AsUInt32();
                v8 += v12;
                v9 += v13;
                v10 += v14;
                v11 += v15;
                v4 = Rotate12(v4 ^ v8);
                v5 = Rotate12(v5 ^ v9);
                v6 = Rotate12(v6 ^ v10);
                v7 = Rotate12(v7 ^ v11);
                v0 = v0 + v4 + words[s[1]];
                v1 = v1 + v5 + words[s[3]];
                v2 = v2 + v6 + words[s[5]];
                v3 = v3 + v7 + words[s[7]];
                v12 = Avx2.Shuffle((v12 ^ v0).AsByte(), rotate8).AsUInt32();
                v13 = Avx2.Shuffle((v13 ^ v1).AsByte(), rotate8).AsUInt32();
                v14 = Avx2.Shuffle((v14 ^ v2).AsByte(), rotate8).AsUInt32();
                v15 = Avx2.Shuffle((v15 ^ v3).AsByte(), rotate8).AsUInt32();
                v8 += v12;
                v9 += v13;
                v10 += v14;
                v11 += v15;
                v4 = Rotate7(v4 ^ v8);
                v5 = Rotate7(v5 ^ v9);
                v6 = Rotate7(v6 ^ v10);
                v7 = Rotate7(v7 ^ v11);
                v0 = v0 + v5 + words[s[8]];
                v1 = v1 + v6 + words[s[10]];
                v2 = v2 + v7 + words[s[12]];
                v3 = v3 + v4 + words[s[14]];
                v15 = Avx2.Shuffle((v15 ^ v0).AsByte(), rotate16).AsUInt32();
                v12 = Avx2.Shuffle((v12 ^ v1).AsByte(), rotate16).AsUInt32();
                v13 = Avx2.Shuffle((v13 ^ v2).AsByte(), rotate16).AsUInt32();
                v14 = Avx2.Shuffle((v14 ^ v3).AsByte(), rotate16).AsUInt32();
                v10 += v15;
                v11 += v12;
                v8 += v13;
                v9 += v14;
                v5 = Rotate12(v5 ^ v10);
                v6 = Rotate12(v6 ^ v11);
                v7 = Rotate12(v7 ^ v8);
                v4 = Rotate12(v4 ^ v9);
                v0 = v0 + v5 + words[s[9]];
                v1 = v1 + v6 + words[s[11]];
                v2 = v2 + v7 + words[s[13]];
                v3 = v3 + v4 + words[s[15]];
                v15 = Avx2.Shuffle((v15 ^ v0).AsByte(), rotate8).AsUInt32();
                v12 = Avx2.Shuffle((v12 ^ v1).AsByte(), rotate8).AsUInt32();
                v13 = Avx2.Shuffle((v13 ^ v2).AsByte(), rotate8).AsUInt32();
                v14 = Avx2.Shuffle((v14 ^ v3).AsByte(), rotate8).AsUInt32();
                v10 += v15;
                v11 += v12;
                v8 += v13;
                v9 += v14;
                v5 = Rotate7(v5 ^ v10);
                v6 = Rotate7(v6 ^ v11);
                v7 = Rotate7(v7 ^ v8);
                v4 = Rotate7(v4 ^ v9);
            }

            h0 = v0 ^ v8;
            h1 = v1 ^ v9;
            h2 = v2 ^ v10;
            h3 = v3 ^ v11;
            h4 = v4 ^ v12;
            h5 = v5 ^ v13;
            h6 = v6 ^ v14;
            h7 = v7 ^ v15;
        }

        Transpose(ref h0, ref h1, ref h2, ref h3, ref h4, ref h5, ref h6, ref h7);
        h0.Store((uint*)output);
        h1.Store((uint*)(output + 32));
        h2.Store((uint*)(output + 64));
        h3.Store((uint*)(output + 96));
        h4.Store((uint*)(output + 128));
        h5.Store((uint*)(output + 160));
        h6.Store((uint*)(output + 192));
        h7.Store((uint*)(output + 224));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate12(Vector256<uint> x) => (x >>> 12) | (x << 20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate7(Vector256<uint> x) => (x >>> 7) | (x << 25);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadTransposed(byte* at, int stride, Vector256<uint>* words)
    {
        Vector256<uint> a = Vector256.Load((uint*)at);
        Vector256<uint> b = Vector256.Load((uint*)(at + stride));
        Vector256<uint> c = Vector256.Load((uint*)(at + (2 * stride)));
        Vector256<uint> d = Vector256.Load((uint*)(at + (3 * stride)));
        Vector256<uint> e = Vector256.Load((uint*)(at + (4 * stride)));
        Vector256<uint> f = Vector256.Load((uint*)(at + (5 * stride)));
        Vector256<uint> g = Vector256.Load((uint*)(at + (6 * stride)));
        Vector256<uint> h = Vector256.Load((uint*)(at + (7 * stride)));
        Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
        words[0] = a;
        words[1] = b;
        words[2] = c;
        words[3] = d;
        words[4] = e;
        words[5] = f;
        words[6] = g;
        words[7] = h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> c, ref Vector256<uint> d,
        ref Vector256<uint> e, ref Vector256<uint> f, ref Vector256<uint> g, ref Vector256<uint> h)
    {
        Vector256<uint> ab0 = Avx2.UnpackLow(a, b), ab2 = Avx2.UnpackHigh(a, b);
        Vector256<uint> cd0 = Avx2.UnpackLow(c, d), cd2 = Avx2.UnpackHigh(c, d);
        Vector256<uint> ef0 = Avx2.UnpackLow(e, f), ef2 = Avx2.UnpackHigh(e, f);
        Vector256<uint> gh0 = Avx2.UnpackLow(g, h), gh2 = Avx2.UnpackHigh(g, h);
        Vector256<ulong> abcd0 = Avx2.UnpackLow(ab0.AsUInt64(), cd0.AsUInt64()), abcd1 = Avx2.UnpackHigh(ab0.AsUInt64(), cd0.AsUInt64());
        Vector256<ulong> abcd2 = Avx2.UnpackLow(ab2.AsUInt64(), cd2.AsUInt64()), abcd3 = Avx2.UnpackHigh(ab2.AsUInt64(), cd2.AsUInt64());
        Vector256<ulong> efgh0 = Avx2.UnpackLow(ef0.AsUInt64(), gh0.AsUInt64()), efgh1 = Avx2.UnpackHigh(ef0.AsUInt64(), gh0.AsUInt64());
        Vector256<ulong> efgh2 = Avx2.UnpackLow(ef2.AsUInt64(), gh2.AsUInt64()), efgh3 = Avx2.UnpackHigh(ef2.AsUInt64(), gh2.AsUInt64());
        a = Avx2.Permute2x128(abcd0, efgh0, 0x20).AsUInt32();
        b = Avx2.Permute2x128(abcd1, efgh1, 0x20).AsUInt32();
        c = Avx2.Permute2x128(abcd2, efgh2, 0x20).AsUInt32();
        d = Avx2.Permute2x128(abcd3, efgh3, 0x20).AsUInt32();
        e = Avx2.Permute2x128(abcd0, efgh0, 0x31).AsUInt32();
        f = Avx2.Permute2x128(abcd1, efgh1, 0x31).AsUInt32();
        g = Avx2.Permute2x128(abcd2, efgh2, 0x31).AsUInt32();
        h = Avx2.Permute2x128(abcd3, efgh3, 0x31).AsUInt32();
    }
}
