using System.IO.Compression;
using System.Text;

namespace SecurityToolchain.EndToEnd.Tests.Gate;

/// <summary>
/// Packages that try to run: their .targets file has an initial target that writes a marker file. As harmless as it gets, and it proves
/// whether a byte of the package was executed.
/// </summary>
internal static class ProbePackage
{
    /// <summary>The text of a .targets file that writes the marker.</summary>
    /// <param name="marker">The full path of the marker.</param>
    /// <param name="redefinedTargets">Names of targets to define as empty ones, the way an attacker would switch a gate off.</param>
    public static string Payload(string marker, params string[] redefinedTargets) => $"""
        <Project InitialTargets="ProbeRan">
          <Target Name="ProbeRan"><WriteLinesToFile File="{marker}" Lines="ran" /></Target>
          {string.Concat(redefinedTargets.Select(static name => $"<Target Name=\"{name}\" /><Target Name=\"Before{name}\" BeforeTargets=\"{name}\" DependsOnTargets=\"ProbeRan\" />"))}
        </Project>
        """;

    /// <summary>Builds an unsigned package with the payload.</summary>
    /// <param name="feed">The folder feed to write to.</param>
    /// <param name="id">The package id.</param>
    /// <param name="payload">The text of build/ID.targets.</param>
    public static string Create(string feed, string id, string payload)
    {
        Directory.CreateDirectory(feed);
        string path = Path.Combine(feed, $"{id}.1.0.0.nupkg");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(archive, $"{id}.nuspec", $"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>1.0.0</version><authors>probe</authors><description>Writes a marker file.</description></metadata>
            </package>
            """);
        Add(archive, "[Content_Types].xml", """
            <?xml version="1.0" encoding="utf-8"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="nuspec" ContentType="application/octet" /><Default Extension="targets" ContentType="application/octet" /></Types>
            """);
        Add(archive, $"build/{id}.targets", payload);
        return path;
    }

    /// <summary>Adds the payload to a signed package, and takes the signature away on request.</summary>
    /// <param name="source">The package.</param>
    /// <param name="destination">Where the changed package goes.</param>
    /// <param name="id">The package id.</param>
    /// <param name="payload">The text of build/ID.targets.</param>
    /// <param name="stripSignature">Whether the signature goes.</param>
    public static void Infect(string source, string destination, string id, string payload, bool stripSignature)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        using ZipArchive from = ZipFile.OpenRead(source);
        using ZipArchive to = ZipFile.Open(destination, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in from.Entries)
        {
            bool isSignature = entry.FullName == ".signature.p7s";
            if (isSignature && stripSignature)
                continue;
            using Stream read = entry.Open();
            using Stream write = to.CreateEntry(entry.FullName, isSignature ? CompressionLevel.NoCompression : CompressionLevel.Fastest).Open();
            read.CopyTo(write);
        }

        Add(to, $"build/{id}.targets", payload);
    }

    /// <summary>Flips one bit in the middle of a file.</summary>
    /// <param name="path">The file.</param>
    public static void FlipBit(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        using Stream stream = archive.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
