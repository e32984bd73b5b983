using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Tests.Stamps;

public sealed class FileStampTests
{
    [Fact]
    public void Read_File_HasItsSizeAndTime()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.txt", "12345");
        FileStamp stamp = FileStamp.Read(path)!.Value;
        Assert.Equal(5, stamp.Size);
        Assert.Equal((File.GetLastWriteTimeUtc(path) - DateTime.UnixEpoch).Ticks, stamp.Modified / 100);
        Assert.Equal(stamp, FileStamp.Read(path));
        Assert.Equal(OperatingSystem.IsLinux(), stamp.IsConclusive);
    }

    [Fact]
    public void Read_ContentChangedAndTimesPutBack_DiffersOrIsInconclusive()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.txt", "12345");
        FileStamp before = FileStamp.Read(path)!.Value;
        DateTime time = File.GetLastWriteTimeUtc(path);
        Thread.Sleep(30);
        File.WriteAllText(path, "54321");
        File.SetLastWriteTimeUtc(path, time);
        FileStamp after = FileStamp.Read(path)!.Value;
        Assert.Equal(before.Size, after.Size);
        Assert.Equal(before.Modified / 100, after.Modified / 100);
        Assert.True(!after.IsConclusive || after != before);
    }

    [Fact]
    public void Read_NothingThere_IsNull()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(FileStamp.Read(folder.PathOf("nothing")));
        Assert.Null(FileStamp.Read(folder.Write("file", "") + "/below"));
        Assert.NotNull(FileStamp.Read(folder.Root));
    }
}
