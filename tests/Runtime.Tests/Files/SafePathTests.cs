using System.Diagnostics;
using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Files;

namespace SecurityToolchain.Runtime.Tests.Files;

public sealed partial class SafePathTests : IDisposable
{
    private readonly string _base = Directory.CreateTempSubdirectory("stc-path-").FullName;
    private readonly string _root;

    public SafePathTests()
    {
        _root = Directory.CreateDirectory(Path.Combine(_base, "allowed")).FullName;
        Directory.CreateDirectory(Path.Combine(_base, "allowed-evil"));
        File.WriteAllText(Path.Combine(_base, "allowed-evil", "x"), "evil");
        File.WriteAllText(Path.Combine(_base, "secret"), "secret");
        Directory.CreateDirectory(Path.Combine(_root, "sub"));
        File.WriteAllText(Path.Combine(_root, "sub", "file.txt"), "content");
    }

    public void Dispose() => Directory.Delete(_base, recursive: true);

    public static TheoryData<string> HostilePaths()
    {
        var data = new TheoryData<string>();
        string[] parents = ["..", "../", "..\\", ".. ", " ..", "../..", "..\\..", ". .", "...", "....", "%2e%2e", "%2E%2E", "%252e%252e", "..%2f", "..%5c", "..%00", "%c0%ae%c0%ae", "．．", "‥", "…"];
        string[] positions = ["{0}", "{0}/x", "a/{0}", "a/{0}/x", "a/{0}/{0}/x", "a\\{0}\\x"];
        foreach (string parent in parents)
        {
            foreach (string position in positions)
                data.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, position, parent));
        }

        string[] devices = ["CON", "con", "PRN", "AUX", "NUL", "COM1", "com9", "LPT1", "COM¹", "CONIN$", "CONOUT$", "CLOCK$"];
        string[] suffixes = ["", ".txt", ".tar.gz", " .txt", "/x"];
        foreach (string device in devices)
        {
            foreach (string suffix in suffixes)
            {
                data.Add(device + suffix);
                data.Add("a/" + device + suffix);
            }
        }

        string[] others =
        [
            "", "/", "/etc/passwd", "//server/share", "\\\\server\\share", "\\\\?\\C:\\x", "\\\\.\\pipe\\x", "C:\\x", "C:/x", "C:x", "c:", "~", "~/x", "~root/x",
            "file.txt:stream", "file.txt::$DATA", "a\0b", "a\nb", "a\rb", "a\tb", "\u001b[2J", "a\u007F", "a\u0085", "a\u200Eb", "a\u202Eb", "a\u2028b", "a<b", "a>b", "a|b", "a?b", "a*b", "a\"b",
            "a.", "a ", "a./b", "a /b", " a", "a//b", "a/", "./a", ".", "a/.", "a/./b", "a\uD800b", "\uDC00", "a/b\\c", "a∕..∕b", "a／..／b", "a＼b", "%2fetc", "%5cserver", "a%00.txt", "a%252f",
        ];
        foreach (string other in others)
            data.Add(other);
        return data;
    }

    [Theory]
    [MemberData(nameof(HostilePaths))]
    public void HostileName_IsRefusedByEveryMember(string path)
    {
        Assert.NotEqual(PathValidationError.None, SafePath.Validate(path));
        Assert.Throws<PathValidationException>(() => SafePath.Combine(_root, path));
        Assert.Throws<PathValidationException>(() => SafePath.OpenRead(_root, path));
        Assert.Throws<PathValidationException>(() => SafePath.CreateNew(_root, path));
        Assert.Throws<PathValidationException>(() => SafePath.CreateDirectory(_root, path));
        Assert.Single(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void HostileNames_AreThreeHundred() => Assert.True(HostilePaths().Count >= 290, $"{HostilePaths().Count}");

    [Theory]
    [InlineData("sub/file.txt")]
    [InlineData("file")]
    [InlineData(".hidden")]
    [InlineData("a.b.c")]
    [InlineData("100% real")]
    [InlineData("grün/日本 語.txt")]
    [InlineData("console.txt")]
    [InlineData("COM10")]
    [InlineData("a..b")]
    [InlineData("..a")]
    public void OrdinaryName_IsAccepted(string path)
    {
        Assert.Equal(PathValidationError.None, SafePath.Validate(path));
        Assert.Equal(Path.Combine(_root, path), SafePath.Combine(_root, path));
    }

    [Fact]
    public void Length_AtTheLimits_IsExact()
    {
        Assert.Equal(PathValidationError.None, SafePath.Validate(new string('a', 255)));
        Assert.Equal(PathValidationError.PathTooLong, SafePath.Validate(new string('a', 256)));
        Assert.Equal(PathValidationError.PathTooLong, SafePath.Validate(new string('é', 128)));
        string longest = string.Join('/', Enumerable.Repeat(new string('a', 63), 64));
        Assert.Equal(4095, longest.Length);
        Assert.Equal(PathValidationError.None, SafePath.Validate(longest));
        Assert.Equal(PathValidationError.PathTooLong, SafePath.Validate(longest + "/a"));
    }

    [Fact]
    public void Open_BelowTheRoot_ReadsAndCreates()
    {
        using (FileStream stream = SafePath.OpenRead(_root, "sub/file.txt"))
        using (var reader = new StreamReader(stream))
            Assert.Equal("content", reader.ReadToEnd());
        SafePath.CreateDirectory(_root, "sub/deeper/deepest");
        SafePath.CreateDirectory(_root, "sub/deeper/deepest");
        using (FileStream stream = SafePath.CreateNew(_root, "sub/deeper/deepest/new"))
            stream.WriteByte(1);
        string created = Path.Combine(_root, "sub", "deeper", "deepest", "new");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(created));
        Assert.IsNotType<PathValidationException>(Assert.ThrowsAny<IOException>(() => SafePath.CreateNew(_root, "sub/deeper/deepest/new")));
        using (FileStream stream = SafePath.Open(_root, "sub/deeper/deepest/new", FileMode.Create, FileAccess.ReadWrite))
            Assert.Equal(0, stream.Length);
    }

    [Theory]
    [InlineData("absent", PathValidationError.NotFound)]
    [InlineData("absent/file", PathValidationError.NotFound)]
    [InlineData("sub", PathValidationError.NotRegularFile)]
    [InlineData("sub/file.txt/x", PathValidationError.NotRegularFile)]
    [InlineData("link-to-file", PathValidationError.SymlinkEscape)]
    [InlineData("link-inside", PathValidationError.SymlinkEscape)]
    [InlineData("link-to-directory/secret", PathValidationError.SymlinkEscape)]
    public void Open_WhatIsNoPlainFile_SaysWhy(string path, PathValidationError expected)
    {
        MakeLinks();
        Assert.Equal(expected, Assert.Throws<PathValidationException>(() => SafePath.OpenRead(_root, path)).Error);
        if (OperatingSystem.IsLinux())
            Assert.Equal(expected, WalkError(path));

        PathValidationError portable = Assert.Throws<PathValidationException>(() => PortableBeneath.Open(_root, path, FileMode.Open, FileAccess.Read)).Error;
        // .NET's own exception does not tell a file in the middle of the path from a missing one.
        Assert.True(portable == expected || (portable == PathValidationError.NotFound && expected == PathValidationError.NotRegularFile));
    }

    [Fact]
    public void Create_ThroughALink_IsRefused()
    {
        MakeLinks();
        Assert.Throws<PathValidationException>(() => SafePath.CreateNew(_root, "link-to-directory/new"));
        Assert.Throws<PathValidationException>(() => SafePath.CreateDirectory(_root, "link-to-directory/new"));
        Assert.Throws<PathValidationException>(() => PortableBeneath.CreateDirectory(_root, "link-to-directory/new"));
        Assert.Throws<PathValidationException>(() => SafePath.Open(_root, "link-to-file", FileMode.Create, FileAccess.Write));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(_base, "secret")));
        Assert.False(File.Exists(Path.Combine(_base, "new")));
    }

    [Fact]
    public void Open_Pipe_IsRefusedAndDoesNotWait()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo");
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/mkfifo", [Path.Combine(_root, "pipe")]))!;
        process.WaitForExit();
        Assert.Equal(PathValidationError.NotRegularFile, Assert.Throws<PathValidationException>(() => SafePath.OpenRead(_root, "pipe")).Error);
        Assert.Equal(PathValidationError.NotRegularFile, Assert.Throws<PathValidationException>(() => SafePath.Open(_root, "pipe", FileMode.Open, FileAccess.Write)).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_WhileALinkFlips_NeverEscapes(bool useOpenAt2)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("handle-based opening is for Linux");
            return;
        }

        string real = Path.Combine(_base, "real");
        string evil = Path.Combine(_base, "evil");
        string flip = Path.Combine(_root, "flip");
        Directory.CreateDirectory(flip);
        File.WriteAllText(Path.Combine(flip, "secret"), "inside");
        Directory.CreateSymbolicLink(evil, _base);
        bool stop = false;
        var flipper = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                Assert.Equal(0, Rename(flip, real) + Rename(evil, flip) + Rename(flip, evil) + Rename(real, flip));
            }
        });
        flipper.Start();
        int opened = 0;
        int refused = 0;
        try
        {
            int tries = useOpenAt2 ? 100_000 : 20_000;
            for (int i = 0; i < tries; i++)
            {
                try
                {
                    using FileStream stream = LinuxBeneath.Open(_root, "flip/secret", FileMode.Open, FileAccess.Read, useOpenAt2);
                    Assert.Equal("inside"u8.Length, stream.Length == 6 ? 6 : -1);
                    Assert.Equal('i', stream.ReadByte());
                    opened++;
                }
                catch (PathValidationException)
                {
                    refused++;
                }
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            flipper.Join();
        }

        Assert.Equal(useOpenAt2 ? 100_000 : 20_000, opened + refused);
        Assert.True(opened > 0);
    }

    [Fact]
    public void Open_WrongModes_Throw()
    {
        Assert.Throws<ArgumentException>(() => SafePath.Open(_root, "x", FileMode.Append, FileAccess.Write));
        Assert.Throws<ArgumentException>(() => SafePath.Open(_root, "x", FileMode.CreateNew, FileAccess.Read));
        Assert.Throws<ArgumentException>(() => SafePath.Open(_root, "x", FileMode.Open, (FileAccess)0));
        Assert.Throws<DirectoryNotFoundException>(() => SafePath.OpenRead(Path.Combine(_base, "absent"), "x"));
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private PathValidationError WalkError(string path)
    {
        try
        {
            LinuxBeneath.Open(_root, path, FileMode.Open, FileAccess.Read, useOpenAt2: false).Dispose();
            return PathValidationError.None;
        }
        catch (PathValidationException error)
        {
            return error.Error;
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    private void MakeLinks()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "link-to-file"), Path.Combine(_base, "secret"));
        File.CreateSymbolicLink(Path.Combine(_root, "link-inside"), "sub/file.txt");
        Directory.CreateSymbolicLink(Path.Combine(_root, "link-to-directory"), _base);
    }
}
