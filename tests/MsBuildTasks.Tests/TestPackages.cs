using System.IO.Compression;
using System.Text;
using SecurityToolchain.MsBuildTasks.Packages;

namespace SecurityToolchain.MsBuildTasks.Tests;

/// <summary>Makes small packages and extracts them as NuGet does; finds real signed packages on the machine.</summary>
internal static class TestPackages
{
    public static PackageIdentity Identity { get; } = new("Contoso.Probe", "1.2.3");

    /// <summary>The folder that restore of this very test project filled.</summary>
    public static string GlobalFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
        ? configured
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Signed archives that this test project was restored with.</summary>
    public static IEnumerable<string> SignedArchives() => new[]
    {
        "xunit.v3", "xunit.v3.assert", "xunit.v3.common", "xunit.runner.visualstudio", "xunit.analyzers", "microsoft.net.test.sdk",
        "system.security.cryptography.pkcs",
    }.SelectMany(static id => Directory.EnumerateFiles(Path.Combine(GlobalFolder, id), "*.nupkg", SearchOption.AllDirectories));

    /// <summary>The folder of the SDK that runs the tests.</summary>
    public static string SdkFolder { get; } = FindSdk();

    public static PackageUse Extract(string folder, params (string Path, string Content)[] files)
    {
        string root = Path.Combine(folder, Identity.Id.ToLowerInvariant(), Identity.Version);
        Directory.CreateDirectory(root);
        var use = new PackageUse(Identity, root);
        using (ZipArchive archive = ZipFile.Open(use.ArchivePath, ZipArchiveMode.Create))
        {
            foreach ((string path, string content) in files.Append(("[Content_Types].xml", "<Types />")).Append(("_rels/.rels", "<Relationships />")).Append(("Contoso.Probe.nuspec", "<package />")))
            {
                using Stream stream = archive.CreateEntry(path).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        foreach ((string path, string content) in files.Append(("contoso.probe.nuspec", "<package />")))
        {
            string target = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, content);
        }

        using FileStream nupkg = File.OpenRead(use.ArchivePath);
        File.WriteAllText(Path.Combine(root, ".nupkg.metadata"), $$"""{ "version": 2, "contentHash": "{{PackageContentHash.Compute(nupkg)}}" }""");
        return use;
    }

    private static string FindSdk()
    {
        string root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.EnumerateDirectories(Path.Combine(root, "sdk")).Where(static sdk => File.Exists(Path.Combine(sdk, "MSBuild.dll"))).Order(StringComparer.Ordinal).Last();
    }
}
