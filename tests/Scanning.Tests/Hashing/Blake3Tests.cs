using System.Text;
using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Scanning.Tests.Hashing;

public sealed class Blake3Tests
{
    // The official test_vectors.json of the BLAKE3 team: length of the input, first 32 bytes of the hash.
    [Theory]
    [InlineData(0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262")]
    [InlineData(1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213")]
    [InlineData(1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7")]
    [InlineData(1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444")]
    [InlineData(2048, "e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a")]
    [InlineData(2049, "5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030")]
    [InlineData(31744, "62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47")]
    [InlineData(102400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085")]
    public void HashData_OfficialVector_Matches(int length, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Blake3.HashData(TestBytes.Counting(length))));

    [Fact]
    public void Keyed_OfficialVector_Matches()
    {
        byte[] key = Encoding.ASCII.GetBytes("whats the Elvish word for friend");
        var hasher = Blake3.CreateKeyed(key);
        byte[] hash = new byte[32];
        hasher.Finish(hash);
        Assert.Equal("92b2b75604ed3c761f9d6f62392c8a9227ad0ea3f09573e783f1498a4ed60d26", Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void DeriveKey_OfficialVector_Matches()
    {
        var hasher = Blake3.CreateDeriveKey("BLAKE3 2019-12-27 16:29:52 test vectors context");
        byte[] hash = new byte[32];
        hasher.Finish(hash);
        Assert.Equal("2cc39783c223154fea8dfb7c1b1660f2ac2dcbd1c1de8277b0b0dd39b7e50d7d", Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void Finish_LongOutput_StartsWithShortOne()
    {
        var hasher = new Blake3();
        hasher.Append(TestBytes.Counting(5000));
        byte[] longer = new byte[1000], shorter = new byte[131];
        hasher.Finish(longer);
        hasher.Finish(shorter);
        Assert.Equal(shorter, longer[..131]);
        // The official extended output of the empty input.
        var empty = new Blake3();
        byte[] extended = new byte[64];
        empty.Finish(extended);
        Assert.Equal("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262e00f03e7b69af26b7faaf09fcd333050338ddfe085b8cc869ca98b206c08243a", Convert.ToHexStringLower(extended));
    }

    [Fact]
    public void Append_AnyPiecesAndAnyKernel_GiveTheSameHash()
    {
        byte[] data = TestBytes.Noise(300_000);
        foreach (int length in (int[])[1023, 16_384, 16_385, 32_768, 32_769, 65_536, 131_072, 131_073, 262_144, 299_999])
        {
            byte[] whole = Blake3.HashData(data.AsSpan(0, length));
            var scalar = new Blake3(Blake3Compression.Iv, 0, vectorized: false);
            scalar.Append(data.AsSpan(0, length));
            byte[] expected = new byte[32];
            scalar.Finish(expected);
            Assert.Equal(expected, whole);
            foreach (int piece in (int[])[1, 63, 1000, 16_384, 20_000, 65_536])
            {
                if (piece == 1 && length > 40_000)
                    continue;
                var pieces = new Blake3();
                for (int at = 0; at < length; at += piece)
                    pieces.Append(data.AsSpan(at, Math.Min(piece, length - at)));
                byte[] actual = new byte[32];
                pieces.Finish(actual);
                Assert.Equal(expected, actual);
            }
        }
    }

    [Fact]
    public void CreateKeyed_WrongLength_IsRefused() => Assert.Throws<ArgumentException>(() => Blake3.CreateKeyed(new byte[31]));
}
