using System.Security.Cryptography;
using System.Text.Json;
using SecurityToolchain.MsBuildTasks.Packages;

namespace SecurityToolchain.MsBuildTasks.Tests.Packages;

public sealed class PackageContentHashTests
{
    [Fact]
    public void Compute_SignedPackages_EqualsWhatNuGetWroteDown()
    {
        int compared = 0;
        foreach (string archive in TestPackages.SignedArchives())
        {
            using JsonDocument metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(archive)!, ".nupkg.metadata")));
            using FileStream stream = File.OpenRead(archive);
            Assert.Equal(metadata.RootElement.GetProperty("contentHash").GetString(), PackageContentHash.Compute(stream));
            compared++;
        }

        Assert.True(compared >= 7, $"only {compared} packages were compared");
    }

    [Fact]
    public void Compute_UnsignedPackage_IsTheHashOfTheFile()
    {
        using var folder = new TemporaryFolder();
        PackageUse use = TestPackages.Extract(folder.Root, ("lib/net10.0/a.txt", "a"));
        byte[] bytes = File.ReadAllBytes(use.ArchivePath);
        Assert.Equal(Convert.ToBase64String(SHA512.HashData(bytes)), PackageContentHash.Compute(new MemoryStream(bytes)));
    }

    [Fact]
    public void Compute_AnyBitFlipped_Differs()
    {
        string archive = TestPackages.SignedArchives().First(static path => new FileInfo(path).Length is > 200_000 and < 2_000_000);
        byte[] bytes = File.ReadAllBytes(archive);
        string hash = PackageContentHash.Compute(new MemoryStream(bytes));
        for (int i = 0; i < 40; i++)
        {
            byte[] changed = (byte[])bytes.Clone();
            changed[(int)((long)(bytes.Length - 60_000) * i / 40)] ^= 1;
            try
            {
                Assert.NotEqual(hash, PackageContentHash.Compute(new MemoryStream(changed)));
            }
            catch (PackageFormatException)
            {
                // A broken header is an answer too.
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100)]
    public void Compute_NoArchive_IsRefused(int length) =>
        Assert.Throws<PackageFormatException>(() => PackageContentHash.Compute(new MemoryStream(new byte[length])));

    [Fact]
    public void Compute_EveryTruncation_IsRefusedOrDiffers()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(TestPackages.Extract(folder.Root, ("a.txt", "a")).ArchivePath);
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<PackageFormatException>(() => PackageContentHash.Compute(new MemoryStream(bytes, 0, length)));
    }
}
