using System.Text;
using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Tests.Stamps;

public sealed class ReplacedFileTests
{
    [Fact]
    public void Write_ManyAtOnce_LeavesOneWholeFile()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("new/report.txt");
        Parallel.For(0, 40, index => ReplacedFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(new string((char)('a' + (index % 26)), 10_000)))));
        string text = File.ReadAllText(path);
        Assert.Equal(10_000, text.Length);
        Assert.Single(text.Distinct());
        Assert.Single(Directory.EnumerateFiles(folder.PathOf("new")));
    }

    [Fact]
    public void Write_FailingWriter_LeavesTheOldFile()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("report.txt", "old");
        Assert.Throws<InvalidOperationException>(() => ReplacedFile.Write(path, static _ => throw new InvalidOperationException()));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFiles(folder.Root));
    }
}
