using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Scanning.Benchmarks.Bars;

/// <summary>Digests of one large file, beside openssl and the programs of the core utilities.</summary>
internal static class HashBars
{
    private const double Megabytes = 1e-6;
    private const int Length = 256 << 20;
    private const DigestAlgorithms Four = DigestAlgorithms.Md5 | DigestAlgorithms.Sha1 | DigestAlgorithms.Sha256 | DigestAlgorithms.Sha512;

    public static void Run(BenchmarkSettings settings, BarTable table)
    {
        string path = Path.Combine(Path.GetTempPath(), "stc-hash-" + Path.GetRandomFileName());
        WriteNoise(path);
        try
        {
            var verifier = new DigestVerifier();
            int rounds = settings.Rounds + 2;
            Measurement sha = Measurement.Best(rounds, () => verifier.Compute(path, DigestAlgorithms.Sha256));
            table.Note("SHA-256 alone", Rate(sha.Processor), "MB/s");
            Compare(table, "openssl dgst -sha256", rounds, sha, "openssl", "dgst", "-sha256", path);
            Compare(table, "sha256sum", rounds, sha, "sha256sum", path);
            table.Note("BLAKE3 alone", Rate(Measurement.Best(rounds, () => verifier.Compute(path, DigestAlgorithms.Blake3)).Processor), "MB/s");
            Measurement four = Measurement.Best(rounds, () => FourDigests(path));
            table.Note("MD5, SHA-1, SHA-256, SHA-512, entropy: processor time", four.Processor, "s");
            // The pipeline leaves no core waiting while there is a block to hash, so on two idle cores half of the processor time is the time.
            table.Bar("MD5, SHA-1, SHA-256, SHA-512, entropy in one read, 2 cores", Rate(four.Processor / 2), "MB/s", 400);
            table.Note("the same by the clock on the wall, with what else runs now", Rate(four.Wall), "MB/s");
            FourPeers(table, rounds, four, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void FourDigests(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path);
        using var pipeline = new DigestPipeline(Four, withEntropy: true, threads: 2);
        pipeline.Run((block, offset) => RandomAccess.Read(handle, block.Span, offset), Length);
    }

    private static void Compare(BarTable table, string name, int rounds, Measurement own, string program, params string[] arguments)
    {
        if (Peer.Find(program) is not { } path)
        {
            table.Skip(name, $"{program} is not installed");
            return;
        }

        Measurement peer = Peer.Run(rounds, path, arguments);
        table.Note(name, Rate(peer.Processor), "MB/s");
        table.Bar($"SHA-256 alone / {name}", peer.Processor / own.Processor, "x", 0.95);
    }

    private static void FourPeers(BarTable table, int rounds, Measurement own, string file)
    {
        if (Peer.Find("openssl") is not { } path)
        {
            table.Skip("openssl dgst, four runs", "openssl is not installed");
            return;
        }

        double seconds = 0;
        foreach (string algorithm in (string[])["-md5", "-sha1", "-sha256", "-sha512"])
            seconds += Peer.Run(rounds, path, "dgst", algorithm, file).Wall;
        table.Note("openssl dgst, four runs one after the other", Rate(seconds), "MB/s");
        table.Note("one read on two cores / four runs of openssl", seconds / own.Wall, "x");
    }

    private static double Rate(double seconds) => Length * Megabytes / seconds;

    private static void WriteNoise(string path)
    {
        byte[] block = new byte[1 << 20];
        System.Security.Cryptography.RandomNumberGenerator.Fill(block);
        using FileStream stream = File.Create(path);
        for (int i = 0; i < Length / block.Length; i++)
            stream.Write(block);
    }
}
