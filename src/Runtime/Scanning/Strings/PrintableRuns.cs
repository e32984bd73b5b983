using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SecurityToolchain.Scanning.Strings;

/// <summary>Finds where strings may begin, 48 places at a time. Most of a program is none, so this decides how fast strings are found.</summary>
/// <remarks>
/// For 64 bytes three masks are made: P printable, Z zero, H above ASCII. A run of six in P or H shows a narrow string, a run of five
/// places with P followed by Z a UTF-16 string of either byte order.
/// <code>
/// bytes    00 48 00 65 00 6C 00 6C 00 6F 00 21 00
/// P         0  1  0  1  0  1  0  1  0  1  0  1  0
/// P, Z>>1   0  1  0  1  0  1  0  1  0  1  0  1  0    five of them, two apart: "Hello!"
/// </code>
/// </remarks>
internal static class PrintableRuns
{
    private const int Window = 64, Step = 48, LongestNarrow = 8, LongestWide = 7;

    /// <summary>The first place at or behind <paramref name="start"/> at which a string may begin; the end of the bytes when there is none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="minLength">The characters of the shortest string. From 9 on, more places are given than necessary.</param>
    public static int Next(ReadOnlySpan<byte> bytes, int start, int minLength)
    {
        // The end is left to the caller, who looks at every place.
        if (!Vector256.IsHardwareAccelerated)
            return start;
        int narrow = Math.Min(minLength, LongestNarrow), wide = Math.Clamp(minLength - 1, 1, LongestWide);
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        int at = start;
        while (at <= bytes.Length - Window)
        {
            Classify(Vector256.LoadUnsafe(ref first, (nuint)at), out uint printable, out uint zero, out uint high);
            Classify(Vector256.LoadUnsafe(ref first, (nuint)at + 32), out uint printable2, out uint zero2, out uint high2);
            ulong p = printable | ((ulong)printable2 << 32), z = zero | ((ulong)zero2 << 32), h = high | ((ulong)high2 << 32);
            ulong places = (Runs(p | h, narrow, 1) | Runs(p & (z >> 1), wide, 2)) & ((1UL << Step) - 1);
            if (places != 0)
                return at + BitOperations.TrailingZeroCount(places);
            at += Step;
        }

        return at;
    }

    // The places at which a run of a length begins, by doubling: runs of 1, 2, 4, ... and the rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Runs(ulong mask, int length, int distance)
    {
        int done = 1;
        while (done < length && mask != 0)
        {
            int more = Math.Min(done, length - done);
            mask &= mask >> (more * distance);
            done += more;
        }

        return mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Classify(Vector256<byte> bytes, out uint printable, out uint zero, out uint high)
    {
        high = bytes.ExtractMostSignificantBits();
        zero = Vector256.Equals(bytes, Vector256<byte>.Zero).ExtractMostSignificantBits();
        // 0x20 to 0x7E, and the tabulator.
        Vector256<byte> inRange = Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)0x20), Vector256.Create((byte)0x5E));
        printable = (inRange | Vector256.Equals(bytes, Vector256.Create((byte)'\t'))).ExtractMostSignificantBits();
    }
}
