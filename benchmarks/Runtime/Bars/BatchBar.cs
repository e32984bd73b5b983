using System.Globalization;
using System.Security.Cryptography;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Benchmarks.Bars;

/// <summary>A batch against the same messages one by one. Bar: 1.7 times as fast on two processors.</summary>
internal static class BatchBar
{
    public static BarResult Measure()
    {
        ReadOnlyMemory<byte>[] items = [.. Enumerable.Range(0, 500).Select(static _ => (ReadOnlyMemory<byte>)RandomNumberGenerator.GetBytes(16 * 1024))];
        using var encryption = new AeadEncryption(AeadEncryption.GenerateKey());
        void Batch() => AeadBatch.Encrypt(encryption, items);
        void OneByOne()
        {
            byte[][] envelopes = new byte[items.Length][];
            for (int i = 0; i < envelopes.Length; i++)
                envelopes[i] = encryption.Encrypt(items[i].Span);
        }

        (double ours, double peer) = Rounds.ElapsedTime(Batch, OneByOne);
        (double oursProcessor, double peerProcessor) = Rounds.ProcessorTime(Batch, OneByOne);
        double bytes = items.Length * 16.0 * 1024;
        return new BarResult(
            "batch of 500 messages of 16 KiB",
            string.Create(CultureInfo.InvariantCulture, $"{bytes / ours / 1e9:F2} GB/s on {Environment.ProcessorCount} processors"),
            string.Create(CultureInfo.InvariantCulture, $"{bytes / peer / 1e9:F2} GB/s (Encrypt, one by one)"),
            string.Create(CultureInfo.InvariantCulture, $"{peer / ours:F2}x; processor time {oursProcessor / peerProcessor:P0} of one by one"),
            "at least 1.7x on two idle processors",
            peer / ours >= 1.7);
    }
}
