using System.Diagnostics;
using SecurityToolchain.Scanning.Hashing;

namespace SecurityToolchain.Scanning.Tests.Hashing;

public sealed class SimilarityDigestTests
{
    [Fact]
    public void Compute_Empty_IsTheSmallestDigest() => Assert.Equal("3::", SimilarityDigest.Compute([]));

    [Fact]
    public void Compute_ManyInputs_EqualTheSystemsProgram()
    {
        const string Program = "/usr/bin/ssdeep";
        Assert.SkipUnless(File.Exists(Program), "needs ssdeep");
        using var directory = new TemporaryDirectory();
        var contents = new List<byte[]>();
        foreach (int length in (int[])[1, 7, 100, 1000, 4095, 4096, 10_000, 65_536, 200_000, 1_000_000, 3_000_000])
        {
            contents.Add(TestBytes.Noise(length, (ulong)length));
            contents.Add(TestBytes.Counting(length));
            contents.Add(new byte[length]);
            contents.Add([.. TestBytes.Noise(length / 2, 9), .. new byte[length / 2]]);
        }

        for (int i = 0; i < contents.Count; i++)
        {
            string path = directory.File("f" + i, contents[i]);
            using var process = Process.Start(new ProcessStartInfo(Program, ["-s", "-b", path]) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string expected = output.Split('\n')[1].Split(',')[0];
            var pieces = new SimilarityDigest();
            for (int at = 0; at < contents[i].Length; at += 4096)
                pieces.Append(contents[i].AsSpan(at, Math.Min(4096, contents[i].Length - at)));
            Assert.Equal(expected, pieces.Finish());
        }
    }

    [Fact]
    public void Compare_ChangedCopy_IsSimilar_OtherContent_IsNot()
    {
        byte[] first = TestBytes.Noise(50_000, 3);
        byte[] changed = [.. first[..20_000], .. "a new paragraph"u8, .. first[20_000..]];
        string a = SimilarityDigest.Compute(first);
        Assert.Equal(100, SimilarityScore.Compare(a, a));
        Assert.InRange(SimilarityScore.Compare(a, SimilarityDigest.Compute(changed))!.Value, 90, 99);
        Assert.Equal(0, SimilarityScore.Compare(a, SimilarityDigest.Compute(TestBytes.Noise(50_000, 4))));
        Assert.Null(SimilarityScore.Compare(a, "not a digest"));
    }
}
