using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>The compression function G of Argon2 (RFC 9106, section 3.5 and 3.6) on blocks of 1,024 bytes.</summary>
internal static class Argon2Block
{
    public const int WordCount = 128;

    /// <summary>Writes G(previous, reference) to the target, or XORs it into what is there.</summary>
    [SkipLocalsInit]
    public static void Compress(ReadOnlySpan<ulong> previous, ReadOnlySpan<ulong> reference, Span<ulong> target, bool xorWithOld)
    {
        Span<ulong> input = stackalloc ulong[WordCount];
        Span<ulong> work = stackalloc ulong[WordCount];
        previous[..WordCount].CopyTo(input);
        Xor(input, reference);
        input.CopyTo(work);
        if (Avx2.IsSupported)
            PermuteAvx2(work);
        else
            PermutePortable(work);
        Xor(work, input);
        if (xorWithOld)
            Xor(target, work);
        else
            work.CopyTo(target);
    }

    /// <summary>Counts the input block up and writes the 128 pseudo-random words that follow from it.</summary>
    public static void NextAddresses(Span<ulong> input, Span<ulong> addresses)
    {
        input[6]++;
        Span<ulong> zero = stackalloc ulong[WordCount];
        zero.Clear();
        Compress(zero, input, addresses, xorWithOld: false);
        Compress(zero, addresses, addresses, xorWithOld: false);
    }

    public static void Xor(Span<ulong> target, ReadOnlySpan<ulong> source)
    {
        Span<Vector256<ulong>> left = MemoryMarshal.Cast<ulong, Vector256<ulong>>(target);
        ReadOnlySpan<Vector256<ulong>> right = MemoryMarshal.Cast<ulong, Vector256<ulong>>(source);
        for (int i = 0; i < left.Length; i++)
            left[i] ^= right[i];
    }

    /// <summary>The permutation P on the eight rows of 16 words, then on the eight columns of 8 pairs of words.</summary>
    internal static void PermutePortable(Span<ulong> block)
    {
        for (int row = 0; row < 8; row++)
            Round(block, row * 16, 2);
        for (int column = 0; column < 8; column++)
            Round(block, column * 2, 16);
    }

    private static void Round(Span<ulong> b, int start, int stride)
    {
        Span<int> at = stackalloc int[16];
        for (int i = 0; i < 16; i++)
            at[i] = start + (i / 2 * stride) + (i % 2);
        Mix(b, at[0], at[4], at[8], at[12]);
        Mix(b, at[1], at[5], at[9], at[13]);
        Mix(b, at[2], at[6], at[10], at[14]);
        Mix(b, at[3], at[7], at[11], at[15]);
        Mix(b, at[0], at[5], at[10], at[15]);
        Mix(b, at[1], at[6], at[11], at[12]);
        Mix(b, at[2], at[7], at[8], at[13]);
        Mix(b, at[3], at[4], at[9], at[14]);
    }

    private static void Mix(Span<ulong> block, int ia, int ib, int ic, int id)
    {
        ref ulong a = ref block[ia];
        ref ulong b = ref block[ib];
        ref ulong c = ref block[ic];
        ref ulong d = ref block[id];
        a = MultiplyAdd(a, b);
        d = BitOperations.RotateRight(d ^ a, 32);
        c = MultiplyAdd(c, d);
        b = BitOperations.RotateRight(b ^ c, 24);
        a = MultiplyAdd(a, b);
        d = BitOperations.RotateRight(d ^ a, 16);
        c = MultiplyAdd(c, d);
        b = BitOperations.RotateRight(b ^ c, 63);
    }

    private static ulong MultiplyAdd(ulong x, ulong y) => unchecked(x + y + (2 * (ulong)(uint)x * (uint)y));

    /// <summary>The same with four words at a time: four mixes of a round are independent of each other.</summary>
    private static void PermuteAvx2(Span<ulong> block)
    {
        Span<Vector256<ulong>> rows = MemoryMarshal.Cast<ulong, Vector256<ulong>>(block);
        for (int row = 0; row < 8; row++)
            RoundAvx2(ref rows[row * 4], ref rows[(row * 4) + 1], ref rows[(row * 4) + 2], ref rows[(row * 4) + 3]);

        // A column is eight pairs of words, 16 words apart; two pairs make a vector.
        Span<Vector128<ulong>> pairs = MemoryMarshal.Cast<ulong, Vector128<ulong>>(block);
        for (int column = 0; column < 8; column++)
        {
            Vector256<ulong> a = Vector256.Create(pairs[column], pairs[column + 8]);
            Vector256<ulong> b = Vector256.Create(pairs[column + 16], pairs[column + 24]);
            Vector256<ulong> c = Vector256.Create(pairs[column + 32], pairs[column + 40]);
            Vector256<ulong> d = Vector256.Create(pairs[column + 48], pairs[column + 56]);
            RoundAvx2(ref a, ref b, ref c, ref d);
            pairs[column] = a.GetLower();
            pairs[column + 8] = a.GetUpper();
            pairs[column + 16] = b.GetLower();
            pairs[column + 24] = b.GetUpper();
            pairs[column + 32] = c.GetLower();
            pairs[column + 40] = c.GetUpper();
            pairs[column + 48] = d.GetLower();
            pairs[column + 56] = d.GetUpper();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundAvx2(ref Vector256<ulong> ra, ref Vector256<ulong> rb, ref Vector256<ulong> rc, ref Vector256<ulong> rd)
    {
        (Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c, Vector256<ulong> d) = (ra, rb, rc, rd);
        MixAvx2(ref a, ref b, ref c, ref d);
        // Rotating the rows brings the diagonals under each other.
        b = Avx2.Permute4x64(b, 0b00_11_10_01);
        c = Avx2.Permute4x64(c, 0b01_00_11_10);
        d = Avx2.Permute4x64(d, 0b10_01_00_11);
        MixAvx2(ref a, ref b, ref c, ref d);
        rb = Avx2.Permute4x64(b, 0b10_01_00_11);
        rc = Avx2.Permute4x64(c, 0b01_00_11_10);
        rd = Avx2.Permute4x64(d, 0b00_11_10_01);
        ra = a;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MixAvx2(ref Vector256<ulong> a, ref Vector256<ulong> b, ref Vector256<ulong> c, ref Vector256<ulong> d)
    {
        a = MultiplyAddAvx2(a, b);
        d = Avx2.Shuffle((d ^ a).AsUInt32(), 0b10_11_00_01).AsUInt64();
        c = MultiplyAddAvx2(c, d);
        b = RotateRight(b ^ c, 24);
        a = MultiplyAddAvx2(a, b);
        d = RotateRight(d ^ a, 16);
        c = MultiplyAddAvx2(c, d);
        b = RotateRight(b ^ c, 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyAddAvx2(Vector256<ulong> x, Vector256<ulong> y)
    {
        Vector256<ulong> product = Avx2.Multiply(x.AsUInt32(), y.AsUInt32());
        return x + y + product + product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> RotateRight(Vector256<ulong> value, [ConstantExpected] int count) =>
        Vector256.ShiftRightLogical(value, count) | Vector256.ShiftLeft(value, 64 - count);
}
