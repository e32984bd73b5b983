using System.Globalization;
using SecurityToolchain.Scanning.Binaries.DotNet.Resources;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Symbols;

/// <summary>Facts of portable debug data: documents, source link, embedded sources. Embedded sources are scanned like members of an archive.</summary>
public sealed class SymbolsAnalyzer : IContentAnalyzer
{
    /// <inheritdoc/>
    public string Name => "symbols";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Id is "portable-executable" or "portable-debug-data";
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (TryRead(context) is not { } symbols)
            return;
        context.SetFact("symbols.documents", symbols.Documents.Length.ToString(CultureInfo.InvariantCulture));
        string[] algorithms = [.. symbols.Documents.Select(static d => d.Algorithm.Length == 0 ? "none" : d.Algorithm).Distinct().Order(StringComparer.Ordinal)];
        if (algorithms.Length > 0)
            context.SetFact("symbols.hash-algorithms", string.Join(' ', algorithms));
        context.SetFact("symbols.source-link", symbols.SourceLinks.IsEmpty ? "none" : string.Join("; ", symbols.SourceLinks.Take(16).Select(static link => link.Prefix + " -> " + link.Url)));
        int embedded = 0;
        foreach (SourceDocument document in symbols.Documents)
        {
            if (document.EmbeddedSource.IsDefault)
                continue;
            embedded++;
            ManifestResources.ScanNested(context, "sources/" + document.Name.TrimStart('/', '\\').Replace('\\', '/'), document.EmbeddedSource.ToArray());
        }

        context.SetFact("symbols.embedded-sources", embedded.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads the debug data of a content; what is wrong with it is reported as incomplete.</summary>
    internal static PortableSymbols? TryRead(AnalysisContext context)
    {
        ReadOnlyMemory<byte> content = context.Content.Memory;
        try
        {
            if (context.Format.Id == "portable-executable")
            {
                if (PeParser.TryParse(content.Span, context.Limits, out _, out _) is not { IsManaged: true } image || PortableSymbols.TryExtract(content, image, context.Limits.MaxInMemorySize) is not { } extracted)
                    return null;
                context.SetFact("symbols.embedded", "yes");
                content = extracted;
            }

            context.Spend(content.Length);
            return PortableSymbols.Read(content, context.Limits.MaxSymbols, context.Limits.MaxTextSize);
        }
        catch (InvalidDataException exception)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, PrintableText.Escape(exception.Message, 256));
            return null;
        }
    }
}
