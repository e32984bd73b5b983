using System.Globalization;
using System.Security.Cryptography;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Benchmarks.Bars;

/// <summary>The envelope against AesGcm with a random nonce, 1 MiB. Bar: 90 % of its throughput, and nothing allocated but the result.</summary>
internal static class EnvelopeBar
{
    private const int Size = 1 << 20;
    private const int Messages = 40;

    public static BarResult Measure()
    {
        byte[] key = AeadEncryption.GenerateKey();
        byte[] plaintext = RandomNumberGenerator.GetBytes(Size);
        byte[] envelope = new byte[AeadEncryption.GetEnvelopeSize(Size)];
        (byte[] nonce, byte[] tag, byte[] ciphertext) = (new byte[12], new byte[16], new byte[Size]);
        using var encryption = new AeadEncryption(key);
        using var raw = new AesGcm(key, 16);
        (double ours, double peer) = Rounds.ProcessorTime(
            () =>
            {
                for (int i = 0; i < Messages; i++)
                    encryption.EncryptInto(plaintext, envelope);
            },
            () =>
            {
                for (int i = 0; i < Messages; i++)
                {
                    RandomNumberGenerator.Fill(nonce);
                    raw.Encrypt(nonce, plaintext, ciphertext, tag);
                }
            });
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            encryption.EncryptInto(plaintext.AsSpan(0, 1024), envelope, "order:42"u8);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        double oursRate = Messages * (double)Size / ours / 1e9;
        double peerRate = Messages * (double)Size / peer / 1e9;
        return new BarResult(
            "AEAD envelope, 1 MiB",
            string.Create(CultureInfo.InvariantCulture, $"{oursRate:F2} GB/s; {allocated} bytes allocated in 1,000 messages"),
            string.Create(CultureInfo.InvariantCulture, $"{peerRate:F2} GB/s (AesGcm, random nonce)"),
            string.Create(CultureInfo.InvariantCulture, $"{oursRate / peerRate:P0}"),
            "at least 90 %, 0 bytes",
            oursRate >= 0.9 * peerRate && allocated == 0);
    }
}
