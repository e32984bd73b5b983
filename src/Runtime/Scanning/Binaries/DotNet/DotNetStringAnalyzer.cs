using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;
using SecurityToolchain.Scanning.Binaries.DotNet.Resources;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>The string literals of .NET code with the member that loads each, and string resources with their names.</summary>
public sealed class DotNetStringAnalyzer : IContentAnalyzer
{
    // As short as the strings that a byte-wise search keeps.
    private const int MinLength = 6;

    /// <inheritdoc/>
    public string Name => "dotnet-strings";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Id == "portable-executable";
    }

    /// <inheritdoc/>
    public unsafe void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        PeImage? image = PeParser.TryParse(bytes, context.Limits, out _, out _);
        if (image is null || !image.IsManaged || DotNetImage.TryRead(bytes, image) is not { } header)
            return;
        using System.Buffers.MemoryHandle pin = context.Content.Memory.Pin();
        try
        {
            var metadata = new MetadataReader((byte*)pin.Pointer + header.MetadataOffset, header.MetadataLength, MetadataReaderOptions.None, SharedNames.Instance);
            Collect(context, image, metadata);
            CollectResources(context, header, metadata);
        }
        catch (Exception exception) when (exception is BadImageFormatException or ArgumentException or OverflowException or InvalidOperationException or IndexOutOfRangeException)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, $"The .NET metadata is malformed ({exception.GetType().Name}).", header.MetadataOffset);
        }
    }

    private static void Collect(AnalysisContext context, PeImage image, MetadataReader metadata)
    {
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        var names = new MemberNames(metadata);
        var seen = new HashSet<int>();
        foreach (TypeDefinitionHandle typeHandle in metadata.TypeDefinitions)
        {
            foreach (MethodDefinitionHandle methodHandle in metadata.GetTypeDefinition(typeHandle).GetMethods())
            {
                MethodDefinition method = metadata.GetMethodDefinition(methodHandle);
                if (method.RelativeVirtualAddress <= 0)
                    continue;
                long offset = image.ToOffset((uint)method.RelativeVirtualAddress);
                ReadOnlySpan<byte> code = IlReader.Body(bytes, offset);
                context.Spend(code.Length);
                var reader = new IlReader(code);
                while (reader.TryRead(out IlInstruction instruction))
                {
                    int token = instruction.Operand & 0xFFFFFF;
                    if (!instruction.IsLoadString || (instruction.Operand >>> 24) != 0x70 || token >= metadata.GetHeapSize(HeapIndex.UserString) || !seen.Add(token))
                        continue;
                    if (seen.Count > context.Limits.MaxStrings)
                    {
                        context.ReportIncomplete(ScanIssueKind.Limit, $"More string literals than the limit {nameof(ScanLimits.MaxStrings)} = {context.Limits.MaxStrings}; the rest is not listed.");
                        return;
                    }

                    (string text, StringCategory category) = StringCategorizer.Describe(metadata.GetUserString(MetadataTokens.UserStringHandle(token)));
                    string member = names.Definition(typeHandle) + "::" + metadata.GetString(method.Name);
                    context.AddString(new ExtractedString(PrintableText.Escape(text, context.Limits.MaxStringLength), offset + instruction.Offset, StringEncoding.DotNetUserString, category, PrintableText.Escape(member, 512)));
                }
            }
        }
    }

    // What a byte-wise search finds too, with the name under which the program asks for it.
    private static void CollectResources(AnalysisContext context, DotNetImage header, MetadataReader metadata)
    {
        int kept = 0;
        foreach ((string name, long offset, ReadOnlyMemory<byte> bytes) in ManifestResources.Find(context, header, metadata))
        {
            var entries = new List<ResourceEntry>();
            if (!ResourceTable.IsTable(bytes.Span))
                continue;
            context.Spend(bytes.Length);
            if (ResourceTable.Read(bytes.Span, context.Limits.MaxSymbols, entries) is { } problem)
                context.ReportIncomplete(ScanIssueKind.Malformed, $"In '{PrintableText.Escape(name, 256)}', {problem}.", offset);
            foreach (ResourceEntry entry in entries)
            {
                if (!entry.IsText || entry.Length < MinLength)
                    continue;
                if (++kept > context.Limits.MaxStrings)
                {
                    context.ReportIncomplete(ScanIssueKind.Limit, $"More string resources than the limit {nameof(ScanLimits.MaxStrings)} = {context.Limits.MaxStrings}; the rest is not listed.");
                    return;
                }

                string value = Encoding.UTF8.GetString(bytes.Span.Slice(entry.Offset, Math.Min(entry.Length, 4 * context.Limits.MaxStringLength)));
                (string text, StringCategory category) = StringCategorizer.Describe(value);
                context.AddString(new ExtractedString(PrintableText.Escape(text, context.Limits.MaxStringLength), offset + entry.Offset, StringEncoding.DotNetResource, category, PrintableText.Escape(name + "/" + entry.Name, 512)));
            }
        }
    }
}
