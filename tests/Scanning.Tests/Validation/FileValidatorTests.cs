using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Scanning.Tests.FileTypes;
using SecurityToolchain.Scanning.Validation;

namespace SecurityToolchain.Scanning.Tests.Validation;

public sealed class FileValidatorTests : IDisposable
{
    private static readonly byte[] s_png =
        [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];

    private static readonly byte[] s_pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
    private readonly string _root = Directory.CreateTempSubdirectory("stc-validate-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task GoodFile_IsAcceptedWithItsFacts()
    {
        using var content = new MemoryStream(s_png) { Position = 0 };
        FileValidation validation = await Images().ValidateAsync(content, "photo.png", Cancellation);
        Assert.True(validation.IsValid, string.Join('\n', validation.Problems));
        Assert.Empty(validation.Problems);
        Assert.Equal(new FileMetadata("photo.png", s_png.Length, "image/png", "png", Convert.ToHexStringLower(SHA256.HashData(s_png))), validation.Metadata);
        Assert.Equal(0, content.Position);
    }

    public static TheoryData<string, FileValidationError> BadNames() => new()
    {
        { "a.exe", FileValidationError.ForbiddenExtension },
        { "a.exe.png", FileValidationError.ForbiddenExtension },
        { "a.EXE .png", FileValidationError.ForbiddenExtension },
        { "a.png:b.exe", FileValidationError.ForbiddenExtension },
        { "a.php5.png", FileValidationError.ForbiddenExtension },
        { ".htaccess", FileValidationError.ForbiddenExtension },
        { "a.png:b", FileValidationError.UnsafeName },
        { "../a.png", FileValidationError.UnsafeName },
        { "dir/a.png", FileValidationError.UnsafeName },
        { "dir\\a.png", FileValidationError.UnsafeName },
        { "a\u202Egnp.png", FileValidationError.UnsafeName },
        { "a\r\nb.png", FileValidationError.UnsafeName },
        { "CON.png", FileValidationError.UnsafeName },
        { "a.png.", FileValidationError.UnsafeName },
        { "", FileValidationError.UnsafeName },
        { "a%2e%2e%2fb.png", FileValidationError.UnsafeName },
    };

    [Theory]
    [MemberData(nameof(BadNames))]
    public void BadName_IsRefused(string name, FileValidationError error)
    {
        FileValidation validation = Images().Validate(s_png, name, Cancellation);
        Assert.False(validation.IsValid);
        Assert.Null(validation.Metadata);
        Assert.Contains(validation.Problems, problem => problem.Error == error);
        Assert.DoesNotContain(validation.Problems, static problem => problem.Message.Any(char.IsControl));
    }

    [Fact]
    public void LongName_IsRefused()
    {
        Assert.True(Images().Validate(s_png, new string('a', 251) + ".png", Cancellation).IsValid);
        Assert.Equal(FileValidationError.UnsafeName, Assert.Single(Images().Validate(s_png, new string('a', 252) + ".png", Cancellation).Problems).Error);
    }

    [Fact]
    public void ProgramRenamedToText_IsRefused()
    {
        FileValidation validation = new FileValidator().Validate(FileTypeTests.MinimalPe(), "notes.txt", Cancellation);
        Assert.Equal([FileValidationError.InvalidMediaType, FileValidationError.ExtensionMismatch], validation.Problems.Select(static problem => problem.Error));
        var programs = new FileValidator(new FileValidatorOptions { AllowedMediaTypes = { "application/vnd.microsoft.portable-executable" } });
        Assert.Equal(FileValidationError.ExtensionMismatch, Assert.Single(programs.Validate(FileTypeTests.MinimalPe(), "notes.txt", Cancellation).Problems).Error);
        FileValidation asImage = Images().Validate(FileTypeTests.MinimalPe(), "photo.png", Cancellation);
        Assert.Contains(asImage.Problems, static problem => problem.Error == FileValidationError.InvalidMediaType);
        Assert.Contains(asImage.Problems, static problem => problem.Error == FileValidationError.ExtensionMismatch);
    }

    [Fact]
    public void TwoFormatsInOneFile_AreRefused()
    {
        byte[] both = [.. s_pdf, .. ZipOf("payload.txt")];
        FileValidation validation = new FileValidator().Validate(both, "report.pdf", Cancellation);
        Assert.Equal(FileValidationError.Polyglot, Assert.Single(validation.Problems).Error);
        Assert.True(new FileValidator().Validate(s_pdf, "report.pdf", Cancellation).IsValid);
        byte[] image = [.. s_png, .. "<script>alert(1)</script>"u8];
        Assert.Contains(Images().Validate(image, "photo.png", Cancellation).Problems, static problem => problem.Error == FileValidationError.Polyglot);
    }

    [Fact]
    public async Task Size_IsCountedAndExact()
    {
        var validator = new FileValidator(new FileValidatorOptions { MaxSizeInBytes = 100 });
        byte[] text = Encoding.ASCII.GetBytes(new string('x', 101));
        Assert.True(validator.Validate(text.AsMemory(0, 100), "a.txt", Cancellation).IsValid);
        FileValidationProblem problem = Assert.Single(validator.Validate(text, "a.txt", Cancellation).Problems);
        Assert.Equal((FileValidationError.FileTooLarge, 101L, 100L), (problem.Error, problem.SizeInBytes, problem.LimitInBytes));
        // A stream without an end and without a length is given up one block behind the limit.
        await using var endless = new EndlessStream();
        Assert.Equal(FileValidationError.FileTooLarge, Assert.Single((await validator.ValidateAsync(endless, "a.txt", Cancellation)).Problems).Error);
        Assert.True(endless.BytesRead < 1 << 20);
        Assert.Equal(FileValidationError.Empty, Assert.Single(validator.Validate(default, "a.txt", Cancellation).Problems).Error);
    }

    [Fact]
    public void AcceptedFile_IsHandedOutAsTheHandleThatWasJudged()
    {
        File.WriteAllBytes(Path.Combine(_root, "photo.png"), s_png);
        Assert.True(Images().TryOpen(_root, "photo.png", out FileStream? file, out FileValidation validation, Cancellation));
        using (file)
        {
            // Exchanged behind the handle: the caller still has what was judged.
            File.Delete(Path.Combine(_root, "photo.png"));
            File.WriteAllBytes(Path.Combine(_root, "photo.png"), FileTypeTests.MinimalPe());
            byte[] again = new byte[s_png.Length + 1];
            Assert.Equal(s_png.Length, file.ReadAtLeast(again, again.Length, throwOnEndOfStream: false));
            Assert.Equal(validation.Metadata!.Sha256, Convert.ToHexStringLower(SHA256.HashData(again.AsSpan(0, s_png.Length))));
        }

        Assert.False(Images().TryOpen(_root, "photo.png", out file, out validation, Cancellation));
        Assert.Null(file);
    }

    [Fact]
    public void WhatIsNoPlainFileBelowTheRoot_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a pipe");
        using (Process mkfifo = Process.Start("mkfifo", [Path.Combine(_root, "pipe.png")]))
            mkfifo.WaitForExit();
        File.CreateSymbolicLink(Path.Combine(_root, "link.png"), "/etc/passwd");
        foreach (string path in new[] { "pipe.png", "link.png", "../x.png", "/etc/passwd", "absent.png", "." })
        {
            Assert.False(Images().TryOpen(_root, path, out _, out FileValidation validation, Cancellation));
            Assert.Equal(FileValidationError.UnsafePath, Assert.Single(validation.Problems).Error);
        }
    }

    [Fact]
    public void WholeEngine_RefusesWhatItFinds()
    {
        byte[] text = Encoding.ASCII.GetBytes("aws_secret_access_key = AKIA" + "IOSFODNN7EXAMPLQ\nwJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz\n");
        Assert.True(new FileValidator().Validate(text, "notes.txt", Cancellation).IsValid);
        byte[] bomb = BombOf(200 << 20);
        FileValidation validation = new FileValidator(new FileValidatorOptions { ScanContent = true }).Validate(bomb, "data.zip", Cancellation);
        Assert.Contains(validation.Problems, static problem => problem.Error == FileValidationError.SuspiciousContent);
    }

    [Fact]
    public void Options_AreCheckedAndCopied()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileValidator(new FileValidatorOptions { MaxSizeInBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileValidator(new FileValidatorOptions { MaxSizeInBytes = (256L << 20) + 1 }));
        Assert.Throws<ArgumentException>(() => new FileValidator(new FileValidatorOptions { ForbiddenExtensions = { "exe" } }));
        Assert.Throws<ArgumentException>(() => new FileValidator(new FileValidatorOptions { AllowedMediaTypes = { "image/*" } }));
        var options = new FileValidatorOptions { AllowedMediaTypes = { "IMAGE/PNG" } };
        var validator = new FileValidator(options);
        options.AllowedMediaTypes.Clear();
        Assert.True(validator.Validate(s_png, "a.png", Cancellation).IsValid);
        Assert.False(validator.Validate(s_pdf, "a.pdf", Cancellation).IsValid);
    }

    private static FileValidator Images() => new(new FileValidatorOptions { AllowedMediaTypes = { "image/png", "image/jpeg" } });

    private static byte[] ZipOf(string name)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry(name).Open();
            entry.Write("content"u8);
        }

        return stream.ToArray();
    }

    private static byte[] BombOf(int size)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("zeros").Open();
            byte[] block = new byte[1 << 20];
            for (int written = 0; written < size; written += block.Length)
                entry.Write(block);
        }

        return stream.ToArray();
    }

    private sealed class EndlessStream : Stream
    {
        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'x');
            BytesRead += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
