using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Scanning.Tests.Hashing;

public sealed class DigestTests
{
    // FIPS 180-4, FIPS 202 and RFC 1321 examples for "abc".
    [Theory]
    [InlineData(DigestAlgorithms.Md5, "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData(DigestAlgorithms.Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData(DigestAlgorithms.Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(DigestAlgorithms.Sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")]
    [InlineData(DigestAlgorithms.Sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    [InlineData(DigestAlgorithms.Sha3Bits256, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532")]
    [InlineData(DigestAlgorithms.Sha3Bits512, "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0")]
    [InlineData(DigestAlgorithms.Blake3, "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85")]
    public void DigestSet_Abc_Matches(DigestAlgorithms algorithm, string expected)
    {
        Assert.SkipUnless(DigestAlgorithmFacts.IsSupported(algorithm), "not available on this platform");
        using var set = new DigestSet(algorithm);
        set.Append("a"u8);
        set.Append("bc"u8);
        Assert.Equal(expected, Assert.Single(set.Finish()).ToHex());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(DigestPipeline.BlockSize)]
    [InlineData((9 << 20) + 17)]
    public void DigestPipeline_AnyThreads_EqualsOneDigestSet(int length)
    {
        byte[] data = TestBytes.Noise(length);
        const DigestAlgorithms All = DigestAlgorithms.Md5 | DigestAlgorithms.Sha1 | DigestAlgorithms.Sha256 | DigestAlgorithms.Sha512 | DigestAlgorithms.Blake3;
        using var single = new DigestSet(All);
        single.Append(data);
        IReadOnlyList<Digest> expected = single.Finish();
        foreach (int threads in (int[])[1, 2, 6])
        {
            using var pipeline = new DigestPipeline(All, withEntropy: true, threads);
            // Reads that give less than was asked for are no end.
            Assert.Equal(length, pipeline.Run((block, offset) => Copy(data, block.Span, offset, most: 100_000), length));
            Assert.Equal(expected, pipeline.Finish());
            Assert.Equal(EntropyCounter.Measure(data), pipeline.Entropy, 12);
        }
    }

    [Fact]
    public void DigestPipeline_FailingRead_EndsEveryThreadAndIsThrown()
    {
        using var pipeline = new DigestPipeline(DigestAlgorithms.Md5 | DigestAlgorithms.Sha256, withEntropy: true, threads: 3);
        long reads = 0;
        IOException exception = Assert.Throws<IOException>(() => pipeline.Run(
            (block, offset) => ++reads == 20 ? throw new IOException("read 20") : block.Length, 100 << 20));
        Assert.Equal("read 20", exception.Message);
        Assert.Equal(20, reads);
    }

    private static int Copy(byte[] data, Span<byte> target, long offset, int most)
    {
        ReadOnlySpan<byte> rest = data.AsSpan((int)offset);
        int count = Math.Min(Math.Min(rest.Length, target.Length), most);
        rest[..count].CopyTo(target);
        return count;
    }

    [Fact]
    public void TryParse_AllForms_MeanTheSameDigest()
    {
        const string Hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Assert.True(Digest.TryParse("sha256:" + Hex, DigestAlgorithms.None, out Digest? digest));
        foreach (string text in (string[])["SHA-256:" + Hex.ToUpperInvariant(), digest!.ToIntegrity(), "sha256:" + digest.ToBase64(), "  sha256:" + Hex + "\n"])
        {
            Assert.True(Digest.TryParse(text, DigestAlgorithms.None, out Digest? other), text);
            Assert.Equal(digest, other);
        }

        Assert.True(Digest.TryParse(Hex, DigestAlgorithms.Sha256, out Digest? bare));
        Assert.Equal(digest, bare);
    }

    [Theory]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("sha256:ba7816bf")]
    [InlineData("sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("sha256:za7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("crc32:00000000")]
    [InlineData("")]
    public void TryParse_WrongLengthAlgorithmOrDigits_IsRefused(string text) => Assert.False(Digest.TryParse(text, DigestAlgorithms.None, out _));

    [Fact]
    public void Verify_EveryOutcome_IsTold()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("a.txt", "abc");
        var verifier = new DigestVerifier();
        Assert.True(Digest.TryParse("sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", DigestAlgorithms.None, out Digest? right));
        Assert.True(Digest.TryParse("sha256:" + new string('0', 64), DigestAlgorithms.None, out Digest? wrong));
        Assert.True(Digest.TryParse("md5:900150983cd24fb0d6963f7d28e17f72", DigestAlgorithms.None, out Digest? weak));
        Assert.Equal(DigestVerification.Match, verifier.Verify(path, right!));
        Assert.Equal(DigestVerification.Mismatch, verifier.Verify(path, wrong!));
        Assert.Equal(DigestVerification.WeakAlgorithm, verifier.Verify(path, weak!));
        Assert.Equal(DigestVerification.Match, new DigestVerifier { RequireSecureAlgorithms = false }.Verify(path, weak!));
        Assert.Throws<FileNotFoundException>(() => verifier.Verify(path + ".missing", right!));
        Assert.Throws<ScanLimitException>(() => new DigestVerifier(new ScanLimits { MaxFileSize = 2 }).Verify(path, right!));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/proc/self/maps")]
    [InlineData("/tmp")]
    public void Compute_SpecialFile_IsRefused(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux paths");
        IOException exception = Assert.Throws<IOException>(() => new DigestVerifier().Compute(path, DigestAlgorithms.Sha256));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_SparseFileOverTheLimit_IsRefusedByItsLength()
    {
        using var directory = new TemporaryDirectory();
        string path = Path.Combine(directory.Path, "sparse");
        using (FileStream stream = File.Create(path))
            stream.SetLength((10L << 30) + 1);
        var verifier = new DigestVerifier();
        ScanLimitException exception = Assert.Throws<ScanLimitException>(() => verifier.Compute(path, DigestAlgorithms.Sha256));
        Assert.Equal(nameof(ScanLimits.MaxFileSize), exception.LimitName);
        Assert.Equal(0, verifier.BytesRead);
    }

    [Fact]
    public void Entropy_KnownDistributions_AreExact()
    {
        Assert.Equal(0, EntropyCounter.Measure([]));
        Assert.Equal(0, EntropyCounter.Measure(new byte[1000]));
        Assert.Equal(1, EntropyCounter.Measure([.. Enumerable.Range(0, 100).Select(static i => (byte)(i % 2))]));
        Assert.Equal(8, EntropyCounter.Measure([.. Enumerable.Range(0, 2560).Select(static i => unchecked((byte)i))]));
    }
}
