using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SecurityToolchain.Runtime.Files.Archives;

namespace SecurityToolchain.Runtime.Tests.Files;

public sealed class ArchiveExtractorTests : IDisposable
{
    private readonly string _base = Directory.CreateTempSubdirectory("stc-archive-").FullName;

    public void Dispose() => Directory.Delete(_base, recursive: true);

    private string Target => Path.Combine(_base, "out");

    [Fact]
    public void Zip_OrdinaryArchive_ComesOutComplete()
    {
        ArchiveSummary summary = ArchiveExtractor.ExtractZip(Zip(("a.txt", "1"), ("dir/", null), ("dir/sub/b.txt", "22"), ("dir/c.txt", "")), Target);
        Assert.Equal(new ArchiveSummary(3, 1, 3), summary);
        Assert.Equal("22", File.ReadAllText(Path.Combine(Target, "dir", "sub", "b.txt")));
        Assert.Equal("", File.ReadAllText(Path.Combine(Target, "dir", "c.txt")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("..\\evil")]
    [InlineData("C:\\evil")]
    [InlineData("a\u0000b")]
    [InlineData("NUL")]
    [InlineData("a:stream")]
    public void Zip_NameThatLeaves_ExtractsNothing(string name) => Refused(ArchiveProblem.UnsafeName, Zip(("fine", "1"), (name, "x")));

    [Fact]
    public void Zip_DuplicatesAndConflicts_AreRefused()
    {
        Refused(ArchiveProblem.DuplicateName, Zip(("a", "1"), ("a", "2")));
        Refused(ArchiveProblem.DuplicateName, Zip(("a", "1"), ("A", "2")));
        Refused(ArchiveProblem.DuplicateName, Zip(("a", "1"), ("a/b", "2")));
        Refused(ArchiveProblem.DuplicateName, Zip(("a/b", "1"), ("a", "2")));
    }

    [Fact]
    public void Zip_SymbolicLink_IsRefused()
    {
        MemoryStream zip = Make(archive =>
        {
            ZipArchiveEntry entry = archive.CreateEntry("link");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            using Stream stream = entry.Open();
            stream.Write("/etc/passwd"u8);
        });
        Refused(ArchiveProblem.SpecialFile, zip);
    }

    [Fact]
    public void Zip_Bomb_IsStoppedWhileInflating()
    {
        // 200 MiB of zeros in about 200 KiB: 1,000 to 1.
        MemoryStream zip = Make(archive =>
        {
            using Stream stream = archive.CreateEntry("zeros", CompressionLevel.Optimal).Open();
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 200; i++)
                stream.Write(block);
        });
        Refused(ArchiveProblem.RatioTooHigh, zip);
        zip.Position = 0;
        Refused(ArchiveProblem.EntryTooLarge, zip, new ArchiveLimits { MaxCompressionRatio = 10_000, MaxEntrySizeInBytes = 100 << 20 });
        zip.Position = 0;
        Refused(ArchiveProblem.TotalTooLarge, zip, new ArchiveLimits { MaxCompressionRatio = 10_000, MaxTotalSizeInBytes = 100 << 20 });
        zip.Position = 0;
        Assert.Equal(200L << 20, ArchiveExtractor.ExtractZip(zip, Target, new ArchiveLimits { MaxCompressionRatio = 10_000 }).TotalSizeInBytes);
    }

    [Fact]
    public void Zip_SmallButVeryCompressible_IsFine()
    {
        // 300 to 1, below the floor of 1 MiB: an ordinary log.
        MemoryStream zip = Zip(("log", string.Concat(Enumerable.Repeat("GET /health 200\n", 50_000))));
        Assert.Equal(800_000, ArchiveExtractor.ExtractZip(zip, Target).TotalSizeInBytes);
    }

    [Fact]
    public void Zip_LyingHeader_IsNotBelieved()
    {
        MemoryStream zip = Zip(("a", new string('x', 5000)));
        byte[] bytes = zip.ToArray();
        // The uncompressed size in the central directory says 1 byte.
        int central = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(central + 24), 1);
        Refused(ArchiveProblem.Malformed, new MemoryStream(bytes));
    }

    [Fact]
    public void Zip_ContentThatDoesNotMatchItsChecksum_IsRefused()
    {
        byte[] bytes = Make(archive =>
        {
            using Stream stream = archive.CreateEntry("a", CompressionLevel.NoCompression).Open();
            stream.Write("the original text"u8);
        }).ToArray();
        bytes[bytes.AsSpan().IndexOf("original"u8)] ^= 1;
        Refused(ArchiveProblem.Malformed, new MemoryStream(bytes));
    }

    [Fact]
    public void Zip_CountAndDepth_AreBounded()
    {
        Refused(ArchiveProblem.TooManyEntries, Zip(("a", ""), ("b", ""), ("c", "")), new ArchiveLimits { MaxEntries = 2 });
        Refused(ArchiveProblem.TooDeep, Zip((string.Concat(Enumerable.Repeat("d/", 33)) + "f", "")));
        Assert.Equal(1, ArchiveExtractor.ExtractZip(Zip((string.Concat(Enumerable.Repeat("d/", 32)) + "f", "")), Target).Files);
        Assert.Throws<ArgumentOutOfRangeException>(() => ArchiveExtractor.ExtractZip(Zip(), Target + "2", new ArchiveLimits { MaxEntries = 0 }));
    }

    [Fact]
    public void Zip_Truncations_AreMalformedAndLeaveNothing()
    {
        byte[] bytes = Zip(("a", new string('a', 300)), ("b/c", "text")).ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            using var stream = new MemoryStream(bytes, 0, length);
            Assert.Throws<ArchiveException>(() => ArchiveExtractor.ExtractZip(stream, Target));
            Assert.False(Directory.Exists(Target));
        }
    }

    [Fact]
    public void Target_ThatExists_IsNotTouched()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "mine"), "1");
        Assert.IsNotType<ArchiveException>(Assert.ThrowsAny<IOException>(() => ArchiveExtractor.ExtractZip(Zip(("a", "1")), Target)));
        Assert.Single(Directory.GetFiles(Target));
    }

    [Fact]
    public void Cancelled_LeavesNothing()
    {
        Assert.Throws<OperationCanceledException>(() => ArchiveExtractor.ExtractZip(Zip(("a", "1")), Target, null, new CancellationToken(canceled: true)));
        Assert.False(Directory.Exists(Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tar_OrdinaryArchive_ComesOutComplete(bool gzip)
    {
        MemoryStream tar = Tar(gzip, new PaxTarEntry(TarEntryType.Directory, "dir/"), FileEntry("./dir/a.txt", "abc"), FileEntry("b", ""));
        Assert.Equal(new ArchiveSummary(2, 1, 3), ArchiveExtractor.ExtractTar(tar, Target, gzip));
        Assert.Equal("abc", File.ReadAllText(Path.Combine(Target, "dir", "a.txt")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Target, "b")));
    }

    [Fact]
    public void Tar_LinksDevicesAndNames_AreRefused()
    {
        RefusedTar(ArchiveProblem.SpecialFile, new PaxTarEntry(TarEntryType.SymbolicLink, "l") { LinkName = "/etc" });
        RefusedTar(ArchiveProblem.SpecialFile, FileEntry("a", "1"), new PaxTarEntry(TarEntryType.HardLink, "l") { LinkName = "a" });
        RefusedTar(ArchiveProblem.SpecialFile, new PaxTarEntry(TarEntryType.CharacterDevice, "d"));
        RefusedTar(ArchiveProblem.SpecialFile, new PaxTarEntry(TarEntryType.Fifo, "f"));
        RefusedTar(ArchiveProblem.UnsafeName, FileEntry("../x", "1"));
        RefusedTar(ArchiveProblem.UnsafeName, FileEntry("/x", "1"));
        RefusedTar(ArchiveProblem.DuplicateName, FileEntry("x", "1"), FileEntry("x", "2"));
    }

    [Fact]
    public void Tar_GzipOfZeros_IsStopped()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            using (var tar = new TarWriter(gzip, leaveOpen: true))
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new MemoryStream(new byte[64 << 20]) });
        }

        bytes.Position = 0;
        Assert.Equal(ArchiveProblem.RatioTooHigh, Assert.Throws<ArchiveException>(() => ArchiveExtractor.ExtractTar(bytes, Target, isGzip: true)).Problem);
        Assert.False(Directory.Exists(Target));
        Assert.Throws<ArchiveException>(() => ArchiveExtractor.ExtractTar(new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 2000))), Target, isGzip: true));
    }

    private void Refused(ArchiveProblem problem, MemoryStream zip, ArchiveLimits? limits = null)
    {
        Assert.Equal(problem, Assert.Throws<ArchiveException>(() => ArchiveExtractor.ExtractZip(zip, Target, limits)).Problem);
        Assert.Empty(Directory.GetFileSystemEntries(_base));
    }

    private void RefusedTar(ArchiveProblem problem, params TarEntry[] entries)
    {
        Assert.Equal(problem, Assert.Throws<ArchiveException>(() => ArchiveExtractor.ExtractTar(Tar(false, entries), Target, isGzip: false)).Problem);
        Assert.Empty(Directory.GetFileSystemEntries(_base));
    }

    private static MemoryStream Zip(params (string Name, string? Content)[] entries) => Make(archive =>
    {
        foreach ((string name, string? content) in entries)
        {
            using Stream stream = archive.CreateEntry(name).Open();
            stream.Write(Encoding.UTF8.GetBytes(content ?? ""));
        }
    });

    private static MemoryStream Make(Action<ZipArchive> fill)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            fill(archive);
        stream.Position = 0;
        return stream;
    }

    private static PaxTarEntry FileEntry(string name, string content) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };

    private static MemoryStream Tar(bool gzip, params TarEntry[] entries)
    {
        var stream = new MemoryStream();
        using (Stream? compressed = gzip ? new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true) : null)
        using (var writer = new TarWriter(compressed ?? stream, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
                writer.WriteEntry(entry);
        }

        stream.Position = 0;
        return stream;
    }
}
