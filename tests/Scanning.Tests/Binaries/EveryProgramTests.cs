using SecurityToolchain.Scanning.Binaries.DotNet;
using SecurityToolchain.Scanning.Binaries.Elf;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;

namespace SecurityToolchain.Scanning.Tests.Binaries;

/// <summary>Not a sample: every program of the SDK and of the system is parsed, and none is called malformed.</summary>
public sealed class EveryProgramTests
{
    private const int Largest = 64 << 20;

    private static IEnumerable<string> Files(string root, params string[] patterns)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return patterns.SelectMany(pattern => Directory.EnumerateFiles(root, pattern, options)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Parse_EveryAssemblyOfTheSdk_HasHeadersAndMetadata()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        int images = 0, managed = 0;
        foreach (string path in Files(root, "*.dll", "*.exe"))
        {
            byte[] bytes = File.ReadAllBytes(path);
            PeImage? image = PeParser.TryParse(bytes, ScanLimits.Default, out string error, out string? truncated);
            Assert.True(image is not null && truncated is null, path + ": " + error + truncated);
            Assert.True(image.Anomalies.IsEmpty, path + ": " + string.Join(", ", image.Anomalies));
            images++;
            if (!image.IsManaged)
                continue;
            DotNetImage? header = DotNetImage.TryRead(bytes, image);
            Assert.True(header is not null, path);
            managed++;
        }

        Assert.True(images > 500 && managed > 500, $"{images} images, {managed} managed");
    }

    [Fact]
    public void Parse_EveryElfFileOfTheSystem_HasNoAnomaly()
    {
        string[] roots = [.. ((string[])["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/bin", "/usr/sbin"]).Where(Directory.Exists)];
        Assert.SkipWhen(roots.Length == 0, "no such directories here");
        int count = 0;
        byte[] head = new byte[4];
        foreach (string path in roots.SelectMany(static root => Files(root, "*")))
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > Largest || stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) < 4 || !head.AsSpan().SequenceEqual("\u007fELF"u8))
                continue;
            byte[] bytes = new byte[stream.Length];
            stream.Position = 0;
            stream.ReadExactly(bytes);
            ElfImage? image = ElfParser.TryParse(bytes, ScanLimits.Default, out string error, out _);
            Assert.True(image is not null, path + ": " + error);
            Assert.True(image.Anomalies.IsEmpty, path + ": " + string.Join(", ", image.Anomalies));
            count++;
        }

        Assert.True(count > 100, $"{count}");
    }
}
