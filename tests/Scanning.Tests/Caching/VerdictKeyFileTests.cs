using SecurityToolchain.Scanning.Caching;

namespace SecurityToolchain.Scanning.Tests.Caching;

public sealed class VerdictKeyFileTests
{
    [Fact]
    public async Task ReadOrCreate_ManyAtOnce_GivesOneKey()
    {
        using var folder = new TemporaryDirectory();
        string path = Path.Combine(folder.Path, "key");
        byte[][] keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => VerdictKeyFile.ReadOrCreate(path))));
        Assert.All(keys, key => Assert.Equal(keys[0], key));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData(0x180, true)]
    [InlineData(0x1A0, true)]
    [InlineData(0x1A4, false)]
    [InlineData(0x190, false)]
    public void Read_Mode_DecidesWhetherOthersCouldKnowTheKey(int mode, bool accepted)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are of Unix");
        using var folder = new TemporaryDirectory();
        string path = folder.File("key", string.Concat(Enumerable.Repeat("0Af3", 16)) + "\n");
#pragma warning disable CA1416 // Skipped on Windows above.
        File.SetUnixFileMode(path, (UnixFileMode)mode);
#pragma warning restore CA1416
        if (accepted)
            Assert.Equal(0x0A, VerdictKeyFile.Read(path)[0]);
        else
            Assert.Contains("others", Assert.Throws<IOException>(() => VerdictKeyFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000ab")]
    public void Read_OtherContent_IsRefused(string content)
    {
        using var folder = new TemporaryDirectory();
        string path = folder.File("key", content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
        Assert.Throws<IOException>(() => VerdictKeyFile.Read(path));
    }
}
