using System.Collections.Frozen;
using System.IO.Compression;
using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Archives;

/// <summary>
/// Looks into zip and its packages, tar, gzip, zlib and Brotli, and hands every member back to the engine. Formats that it cannot open
/// are named in a finding. The nesting is bounded by <see cref="ScanLimits.MaxArchiveDepth"/>.
/// </summary>
public sealed class ArchiveAnalyzer : IContentAnalyzer
{
    private const int ProbeLength = 512;

    private static readonly FrozenSet<string> Zips = new[]
    {
        "zip", "nuget-package", "office-open-xml-document", "office-open-xml-workbook", "office-open-xml-presentation", "java-archive",
        "android-package", "open-document", "epub", "visual-studio-extension",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Unsupported = new[]
    {
        "bzip2", "xz", "lzma", "zstandard", "lz4", "unix-compress", "lzip", "7-zip", "rar", "cabinet", "arj", "ace", "lha", "cpio", "ar", "debian-package",
        "rpm-package", "xar", "windows-imaging", "compiled-help", "iso-9660", "virtual-hard-disk", "vmdk", "qcow", "squashfs",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "archive";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => false;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string id = context.Format.Id;
        return Zips.Contains(id) || Unsupported.Contains(id) || id is "gzip" or "zlib" or "brotli" or "tar";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string id = context.Format.Id;
        if (Unsupported.Contains(id))
        {
            context.ReportIncomplete(ScanIssueKind.Unsupported, $"The format '{context.Format.Description}' is not looked into.");
            return;
        }

        if (context.Depth >= context.Limits.MaxArchiveDepth)
        {
            context.Report(ScanRules.ArchiveBomb, $"Archives are nested deeper than the limit {nameof(ScanLimits.MaxArchiveDepth)} = {context.Limits.MaxArchiveDepth}.", context.At());
            context.ReportIncomplete(ScanIssueKind.Limit, $"The archive is {context.Depth + 1} levels deep; the limit {nameof(ScanLimits.MaxArchiveDepth)} is {context.Limits.MaxArchiveDepth}.");
            return;
        }

        if (context.Archives.Refused)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, "The archive was not opened, because another part of the same file is an archive bomb.");
            return;
        }

        using Stream? stream = context.Content.OpenStream();
        if (stream is null)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"The archive inside an archive has {context.Content.Length} bytes; the limit {nameof(ScanLimits.MaxInMemorySize)} is {context.Limits.MaxInMemorySize}.");
            return;
        }

        try
        {
            if (Zips.Contains(id))
                ZipArchiveReader.Read(context, stream);
            else if (id == "tar")
                TarArchiveReader.Read(context, stream);
            else
                ReadCompressed(context, stream, id);
        }
        catch (ScanLimitException exception) when (exception.LimitName == nameof(ScanLimits.MaxTotalUncompressed) && context.Depth > 0)
        {
            // Told once where it happened; the outer archives stop for the same reason.
            context.ReportIncomplete(ScanIssueKind.Limit, exception.Message);
        }
    }

    private static void ReadCompressed(AnalysisContext context, Stream stream, string id)
    {
        // Two bytes are all that a zlib stream has for a signature, so only one that inflates is taken for one.
        if (id == "zlib" && !Inflates(stream))
            return;
        context.Archives.Entries++;
        stream.Position = 0;
        Stream inflated = id switch
        {
            "gzip" => new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true),
            "zlib" => new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true),
            _ => new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true),
        };
        using var counting = new CountingStream(inflated, context, stream.Length);
        context.ScanMember(InnerName(context.FileName, id), counting, expectedLength: -1);
        if (counting.Violation is { } violation)
            context.Report(ScanRules.ArchiveBomb, $"The content reached the limit {violation}: {counting.Count} bytes came out of {stream.Length}.", context.At(0));
        else if (counting.AtEnd && counting.Count == 0 && stream.Length > 64)
            context.ReportIncomplete(ScanIssueKind.Malformed, "Nothing came out of the compressed content.", 0);
    }

    private static bool Inflates(Stream stream)
    {
        byte[] probe = new byte[ProbeLength];
        try
        {
            stream.Position = 0;
            using var inflated = new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
            return inflated.ReadAtLeast(probe, 1, throwOnEndOfStream: false) > 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static string InnerName(string name, string id)
    {
        string extension = Path.GetExtension(name).ToLowerInvariant();
        return extension switch
        {
            ".tgz" => Path.ChangeExtension(name, ".tar"),
            ".gz" or ".br" or ".zz" or ".zlib" => Path.GetFileNameWithoutExtension(name),
            _ => name + "." + id + "-content",
        };
    }
}
