using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sources.SourceRows;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Names of archive entries; whoever made the archive chose them.</summary>
internal static class ArchiveSources
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Source> All = ImmutableArray.CreateRange<Source>([
        // System.IO.Compression reference: FullName is the name as stored; Name is its last part and harmless on the platform that wrote it.
        .. Properties(SourceKinds.ArchiveEntryName, "System.IO.Compression.ZipArchiveEntry", "name of an archive entry", "FullName"),

        // System.Formats.Tar reference.
        .. Properties(SourceKinds.ArchiveEntryName, "System.Formats.Tar.TarEntry", "name of an archive entry", "Name", "LinkName"),

        // SharpZipLib and SharpCompress reference.
        .. Properties(SourceKinds.ArchiveEntryName, "ICSharpCode.SharpZipLib.Zip.ZipEntry", "name of an archive entry", "Name"),
        .. Properties(SourceKinds.ArchiveEntryName, "ICSharpCode.SharpZipLib.Tar.TarEntry", "name of an archive entry", "Name"),
        .. Properties(SourceKinds.ArchiveEntryName, "SharpCompress.Common.IEntry", "name of an archive entry", "Key", "LinkTarget"),
        .. Properties(SourceKinds.ArchiveEntryName, "Ionic.Zip.ZipEntry", "name of an archive entry", "FileName"),
        .. Properties(SourceKinds.ArchiveEntryName, "SevenZip.ArchiveFileInfo", "name of an archive entry", "FileName"),
    ]);
}
