using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning.Tests.Strings;

public sealed class PrintableRunsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(20)]
    public void Next_NeverPassesAString(int minLength)
    {
        for (ulong seed = 1; seed < 60; seed++)
        {
            byte[] bytes = Mixed(seed);
            int at = 0;
            while (at < bytes.Length)
            {
                int next = PrintableRuns.Next(bytes, at, minLength);
                Assert.InRange(next, at, bytes.Length);
                for (int i = at; i < next; i++)
                    Assert.False(BeginsNarrow(bytes, i, minLength) || BeginsWide(bytes, i, minLength), $"seed {seed}: place {i} was passed between {at} and {next}");
                at = next + 1;
            }
        }
    }

    [Fact]
    public void Next_BytesWithoutStrings_ArePassedAtOnce() =>
        Assert.InRange(PrintableRuns.Next(new byte[10_000], 0, 6), System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 9_900 : 0, 10_000);

    [Fact]
    public void Extractor_BlocksOfAnySize_FindTheSameStrings()
    {
        for (ulong seed = 1; seed < 20; seed++)
        {
            byte[] bytes = Mixed(seed);
            ExtractedString[] whole = Extract(bytes, bytes.Length);
            Assert.NotEmpty(whole);
            foreach (int size in (int[])[1, 7, 64, 100, 4096])
                Assert.Equal(whole, Extract(bytes, size));
        }
    }

    private static ExtractedString[] Extract(byte[] bytes, int size)
    {
        var extractor = new StringExtractor(maxStrings: 10_000, maxLength: 64);
        for (int at = 0; at < bytes.Length; at += size)
            extractor.Append(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
        return [.. extractor.Finish()];
    }

    private static bool BeginsNarrow(byte[] bytes, int start, int length) =>
        start + length <= bytes.Length && bytes.AsSpan(start, length).ToArray().All(static b => IsPrintable(b) || b >= 0x80);

    private static bool BeginsWide(byte[] bytes, int start, int length) =>
        start + (2 * length) <= bytes.Length && Enumerable.Range(0, length).All(i => IsPrintable(bytes[start + (2 * i)]) && bytes[start + (2 * i) + 1] == 0);

    private static bool IsPrintable(byte value) => value is >= 0x20 and < 0x7F or (byte)'\t';

    // Noise, zeros, and strings of all encodings and of lengths around the shortest.
    private static byte[] Mixed(ulong seed)
    {
        byte[] noise = TestBytes.Noise(6000, seed);
        using var stream = new MemoryStream();
        int at = 0;
        while (at < 5000)
        {
            int length = noise[at] % 24;
            string text = new([.. noise.AsSpan(at + 1, length).ToArray().Select(static b => (char)(0x20 + (b % 0x5F)))]);
            switch (noise[at + 25] % 6)
            {
                case 0:
                    stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
                    break;
                case 1:
                    stream.Write(System.Text.Encoding.Unicode.GetBytes(text));
                    break;
                case 2:
                    stream.Write(System.Text.Encoding.BigEndianUnicode.GetBytes(text));
                    break;
                case 3:
                    stream.Write(System.Text.Encoding.UTF8.GetBytes(text + "äöü€"));
                    break;
                case 4:
                    stream.Write(new byte[length]);
                    break;
                default:
                    stream.Write(noise.AsSpan(at, length));
                    break;
            }

            at += 26;
        }

        return stream.ToArray();
    }
}
