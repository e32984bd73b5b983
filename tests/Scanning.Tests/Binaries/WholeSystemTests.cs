using System.Diagnostics;
using SecurityToolchain.Scanning.FileTypes;

namespace SecurityToolchain.Scanning.Tests.Binaries;

/// <summary>Every analyzer over every assembly of the SDK, and file types beside what <c>file</c> says of files of the system.</summary>
public sealed class WholeSystemTests
{
    private static readonly string DotNetRoot = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    [Fact]
    public async Task Scan_EveryAssemblyOfTheSdk_LeavesNothingOut()
    {
        // Headers, metadata, method bodies, resources, signatures: whatever an analyzer cannot read becomes an issue.
        var options = new ScanOptions { KeepMembers = false, RootDirectory = DotNetRoot };
        ScanReport report = await new ScanEngine(options).ScanAsync(["sdk/**/*.dll", "sdk/**/*.exe", "shared/**/*.dll"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.Files.Length > 500);
        Assert.Empty(report.Issues.Select(static i => $"{i.Location.DisplayPath}: {i.Message}"));
        Assert.Empty(report.Findings.Where(static f => f.RuleId is "STC8030" or "STC8033").Select(static f => $"{f.Location.DisplayPath}: {f.Message}"));
    }

    [Fact]
    public void Detect_FilesOfTheSystem_AgreesWithFile()
    {
        const string Program = "/usr/bin/file";
        Assert.SkipUnless(File.Exists(Program), "file is not installed");
        string[] paths =
        [
            .. Files("/usr/share/doc").Where(static p => p.EndsWith(".gz", StringComparison.Ordinal)).Take(20),
            .. Files("/usr/bin").Take(60),
            .. Files(DotNetRoot).Where(static p => Path.GetExtension(p) is ".dll" or ".exe" or ".so" or ".json" or ".xml").Where(static (_, i) => i % 40 == 0),
            .. Files("/usr/share").Where(static p => Path.GetExtension(p) is ".png" or ".svg" or ".jpg" or ".gif" or ".zip" or ".pdf" or ".ttf").Take(60),
        ];
        var start = new ProcessStartInfo(Program, ["--brief", "--mime-type", .. paths]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string[] types = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.Equal(paths.Length, types.Length);
        var differences = new List<string>();
        int compared = 0;
        for (int i = 0; i < paths.Length; i++)
        {
            byte[] content = File.ReadAllBytes(paths[i]);
            string own = FileTypeDetector.Detect(content, content.Length, Path.GetExtension(paths[i])).Id;
            if (Expected(types[i]) is not { } expected)
                continue;
            compared++;
            if (!expected.Contains(own))
                differences.Add($"{paths[i]}: file says {types[i]}, found {own}");
        }

        Assert.Empty(differences);
        Assert.True(compared > 60, $"{compared} files");
    }

    // Only types that are certain by a signature; of texts the two have different opinions.
    private static string[]? Expected(string mediaType) => mediaType switch
    {
        "application/x-pie-executable" or "application/x-executable" or "application/x-sharedlib" or "application/x-object" => ["elf"],
        "application/vnd.microsoft.portable-executable" or "application/x-dosexec" => ["portable-executable", "dos-executable"],
        "application/gzip" => ["gzip"],
        "image/png" => ["png"],
        "image/jpeg" => ["jpeg"],
        "image/gif" => ["gif"],
        "image/svg+xml" => ["svg"],
        "application/pdf" => ["pdf"],
        "application/zip" => ["zip", "nuget-package", "java-archive"],
        "application/json" => ["json"],
        "font/sfnt" or "application/font-sfnt" => ["truetype", "opentype"],
        _ => null,
    };

    private static IEnumerable<string> Files(string folder) => !Directory.Exists(folder) ? [] : Directory
        .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Order(StringComparer.Ordinal);
}
