using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>Counts bytes and computes Shannon entropy. Belongs to one thread.</summary>
public sealed class EntropyCounter : IContentConsumer
{
    // Four tables, because runs of one byte would make every increment wait for the one before.
    private readonly uint[] _counts = new uint[4 * 256];
    private readonly long[] _totals = new long[256];
    private long _pending;

    /// <summary>The bytes that were counted.</summary>
    public long Length { get; private set; }

    /// <summary>The entropy of bytes in bits per byte.</summary>
    /// <param name="bytes">The bytes; 0 for none.</param>
    public static double Measure(ReadOnlySpan<byte> bytes)
    {
        var counter = new EntropyCounter();
        counter.Append(bytes);
        return counter.Entropy();
    }

    /// <inheritdoc/>
    public unsafe void Append(ReadOnlySpan<byte> block)
    {
        while (block.Length > 1 << 30)
        {
            Append(block[..(1 << 30)]);
            block = block[(1 << 30)..];
        }

        if (_pending + block.Length > 1 << 30)
            Flush();
        _pending += block.Length;
        Length += block.Length;
        fixed (byte* start = block)
        fixed (uint* counts = _counts)
        {
            byte* at = start;
            byte* end = start + block.Length;
            unchecked
            {
                for (; end - at >= 8; at += 8)
                {
                    ulong word = *(ulong*)at;
                    counts[(byte)word]++;
                    counts[256 + (byte)(word >> 8)]++;
                    counts[512 + (byte)(word >> 16)]++;
                    counts[768 + (byte)(word >> 24)]++;
                    counts[(byte)(word >> 32)]++;
                    counts[256 + (byte)(word >> 40)]++;
                    counts[512 + (byte)(word >> 48)]++;
                    counts[768 + (byte)(word >> 56)]++;
                }

                for (; at < end; at++)
                    counts[*at]++;
            }
        }
    }

    /// <summary>The entropy in bits per byte, 0 to 8; 0 when nothing was counted.</summary>
    public double Entropy()
    {
        Flush();
        if (Length == 0)
            return 0;
        double sum = 0;
        foreach (long count in _totals)
        {
            if (count == 0)
                continue;
            double p = (double)count / Length;
            sum -= p * Math.Log2(p);
        }

        return Math.Abs(sum);
    }

    private void Flush()
    {
        for (int i = 0; i < 256; i++)
            _totals[i] += (long)_counts[i] + _counts[256 + i] + _counts[512 + i] + _counts[768 + i];
        Array.Clear(_counts);
        _pending = 0;
    }
}
