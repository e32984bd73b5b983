using System.Reflection.Metadata;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Resources;

/// <summary>Looks into the resources that an assembly carries: tables of strings, and whole files, which the engine scans as members.</summary>
internal static class ManifestResources
{
    private const int MinFile = 16;

    /// <summary>Looks at every resource.</summary>
    public static void Look(AnalysisContext context, DotNetImage header, MetadataReader metadata)
    {
        foreach ((string name, long offset, ReadOnlyMemory<byte> bytes) in Find(context, header, metadata))
        {
            if (ResourceTable.IsTable(bytes.Span))
                ResourceSecrets.Look(context, bytes, offset, name);
            else if (bytes.Length >= MinFile)
                ScanNested(context, name, bytes);
        }
    }

    /// <summary>The resources that lie in the assembly, with their offsets. What lies outside it, or shares its bytes, is reported and ends the list.</summary>
    public static List<(string Name, long Offset, ReadOnlyMemory<byte> Bytes)> Find(AnalysisContext context, DotNetImage header, MetadataReader metadata)
    {
        var found = new List<(string Name, long Offset, ReadOnlyMemory<byte> Bytes)>();
        if (header.ResourcesOffset < 0 || metadata.ManifestResources.Count == 0)
            return found;
        ReadOnlyMemory<byte> content = context.Content.Memory;
        var reader = new SpanReader(content.Span);
        long total = 0;
        foreach (ManifestResourceHandle handle in metadata.ManifestResources)
        {
            ManifestResource resource = metadata.GetManifestResource(handle);
            // Resources of other files and assemblies are only named here.
            if (!resource.Implementation.IsNil)
                continue;
            string name = metadata.GetString(resource.Name);
            long at = header.ResourcesOffset + resource.Offset;
            if (resource.Offset < 0 || !reader.TryReadUInt32(at, out uint length) || !reader.Contains(at + 4, length) || (total += length) > content.Length)
            {
                context.ReportIncomplete(ScanIssueKind.Malformed, $"The resource '{PrintableText.Escape(name, 256)}' lies outside the file or shares its bytes.", at);
                break;
            }

            found.Add((name, at + 4, content.Slice((int)at + 4, (int)length)));
        }

        return found;
    }

    /// <summary>Lets the engine scan a file that lies inside the content, within the limits for archives.</summary>
    public static void ScanNested(AnalysisContext context, string name, ReadOnlyMemory<byte> bytes)
    {
        if (context.Depth >= context.Limits.MaxArchiveDepth)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"Files are nested deeper than the limit {nameof(ScanLimits.MaxArchiveDepth)} = {context.Limits.MaxArchiveDepth}.");
            return;
        }

        if (++context.Archives.Entries > context.Limits.MaxArchiveEntries)
        {
            context.ReportIncomplete(ScanIssueKind.Limit, $"More files inside files than the limit {nameof(ScanLimits.MaxArchiveEntries)} = {context.Limits.MaxArchiveEntries}.");
            return;
        }

        using var stream = new MemoryViewStream(bytes);
        context.ScanMember(name, stream, bytes.Length);
    }
}
