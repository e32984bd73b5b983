using System.Text;
using SecurityToolchain.Runtime.Files;

namespace SecurityToolchain.Runtime.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _directory = Directory.CreateTempSubdirectory("stc-atomic-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void TryCreateNew_SixtyFourRacers_ExactlyOneWins()
    {
        for (int round = 0; round < 20; round++)
        {
            string path = At($"race-{round}");
            int winners = 0;
            int refused = 0;
            using var start = new Barrier(64);
            var threads = Enumerable.Range(0, 64).Select(index => new Thread(() =>
            {
                start.SignalAndWait();
                if (AtomicFile.TryCreateNew(path, out FileStream? stream))
                {
                    using (stream)
                        stream.Write(Encoding.UTF8.GetBytes($"{index}"));
                    Interlocked.Increment(ref winners);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            })).ToList();
            threads.ForEach(static thread => thread.Start());
            threads.ForEach(static thread => thread.Join());
            Assert.Equal(1, winners);
            Assert.Equal(63, refused);
            Assert.InRange(int.Parse(File.ReadAllText(path), System.Globalization.CultureInfo.InvariantCulture), 0, 63);
        }
    }

    [Fact]
    public void WriteAllText_NewFile_HasTheTextAndMode0600()
    {
        string path = At("new");
        AtomicFile.WriteAllText(path, "grün");
        Assert.Equal("grün"u8.ToArray(), File.ReadAllBytes(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Write_FileIsThere_ThrowsAndKeepsIt()
    {
        string path = At("there");
        await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
        Assert.Throws<IOException>(() => AtomicFile.CreateNew(path));
        Assert.Throws<IOException>(() => AtomicFile.WriteAllText(path, "new"));
        Assert.Throws<IOException>(() => AtomicFile.WriteAllBytes(path, [1]));
        await Assert.ThrowsAsync<IOException>(() => AtomicFile.WriteAllTextAsync(path, "new", TestContext.Current.CancellationToken));
        Assert.False(AtomicFile.TryCreateNew(path, out _));
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Create_SymbolicLinkInThePlace_IsRefusedAndTheTargetUntouched(bool targetExists)
    {
        string target = At("target");
        if (targetExists)
            File.WriteAllText(target, "victim");
        string link = At("link");
        File.CreateSymbolicLink(link, target);
        Assert.Throws<IOException>(() => AtomicFile.WriteAllText(link, "attack"));
        Assert.False(AtomicFile.TryCreateNew(link, out _));
        Assert.Throws<IOException>(() => AtomicFile.ReplaceAtomically(link, "attack"));
        Assert.Equal(targetExists, File.Exists(target));
        if (targetExists)
            Assert.Equal("victim", File.ReadAllText(target));
        Assert.Equal(target, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void TryCreateNew_MissingDirectory_IsNotTakenForAnExistingFile() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.TryCreateNew(Path.Combine(_directory, "absent", "file"), out _));

    [Fact]
    public void CreateNew_DirectoryInThePlace_IsRefused()
    {
        Assert.ThrowsAny<IOException>(() => AtomicFile.CreateNew(_directory));
        Assert.Throws<IOException>(() => AtomicFile.ReplaceAtomically(_directory, "text"));
    }

    [Fact]
    public void ReplaceAtomically_ReadersMeanwhile_SeeOldOrNewOnly()
    {
        string path = At("config");
        string[] versions = [new('a', 200_000), new('b', 100_000)];
        AtomicFile.ReplaceAtomically(path, versions[0]);
        using var stop = new CancellationTokenSource();
        int reads = 0;
        var reader = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                string text = File.ReadAllText(path);
                Assert.Contains(text, versions);
                reads++;
            }
        });
        reader.Start();
        for (int i = 0; i < 100; i++)
            AtomicFile.ReplaceAtomically(path, versions[i % 2]);
        stop.Cancel();
        reader.Join();
        Assert.True(reads > 0);
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void ReplaceAtomically_Mode_IsKeptOr0600()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix modes");
            return;
        }

        string path = At("mode");
        AtomicFile.ReplaceAtomically(path, "1");
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        const UnixFileMode Shared = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(path, Shared);
        AtomicFile.ReplaceAtomically(path, "2");
        Assert.Equal(Shared, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task ReplaceAtomicallyAsync_WriterFailsOrIsCancelled_KeepsTheOldFileAndLeavesNothing()
    {
        string path = At("old");
        AtomicFile.ReplaceAtomically(path, "old");
        await Assert.ThrowsAsync<InvalidOperationException>(() => AtomicFile.ReplaceAtomicallyAsync(path, async (stream, token) =>
        {
            await stream.WriteAsync("half"u8.ToArray(), token);
            throw new InvalidOperationException();
        }, TestContext.Current.CancellationToken));
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.ReplaceAtomicallyAsync(path, async (stream, _) =>
        {
            await stream.WriteAsync("half"u8.ToArray(), CancellationToken.None);
            await cancelled.CancelAsync();
        }, cancelled.Token));
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(_directory));
        await AtomicFile.ReplaceAtomicallyAsync(path, static (stream, token) => stream.WriteAsync("new"u8.ToArray(), token).AsTask(), TestContext.Current.CancellationToken);
        Assert.Equal("new", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WriteAllBytesAsync_Cancelled_LeavesNoFile()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AtomicFile.WriteAllBytesAsync(At("x"), new byte[10], new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(_directory));
        await AtomicFile.WriteAllBytesAsync(At("x"), new byte[10], TestContext.Current.CancellationToken);
        Assert.Equal(10, new FileInfo(At("x")).Length);
    }

    [Fact]
    public void TryOpenRead_PresentAndAbsent_SaysWhich()
    {
        Assert.False(AtomicFile.TryOpenRead(At("absent"), out _));
        Assert.False(AtomicFile.TryOpenRead(Path.Combine(_directory, "no", "such"), out _));
        Assert.False(AtomicFile.TryReadAllText(At("absent"), out _));
        AtomicFile.WriteAllText(At("present"), "text");
        Assert.True(AtomicFile.TryOpenRead(At("present"), out FileStream? stream));
        using (stream)
            Assert.Equal(4, stream.Length);
        Assert.True(AtomicFile.TryReadAllText(At("present"), out string? contents));
        Assert.Equal("text", contents);
    }

    private string At(string name) => Path.Combine(_directory, name);
}
