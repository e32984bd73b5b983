using System.Globalization;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Symbols;

/// <summary>Compares the sources that symbols name with a working tree: whether a program was built from what is there.</summary>
/// <param name="tree">The working tree; stays open as long as the analyzer is used.</param>
public sealed class SourceHashAnalyzer(SourceTree tree) : IContentAnalyzer
{
    // Files that the build makes are not in the tree.
    private static readonly string[] Generated = ["/obj/", ".g.cs", ".AssemblyInfo.cs", ".AssemblyAttributes.cs", ".GlobalUsings.g.cs"];

    /// <inheritdoc/>
    public string Name => "source-hash";

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
        if (SymbolsAnalyzer.TryRead(context) is not { } symbols)
            return;
        var counts = new SortedDictionary<SourceMatch, int>();
        foreach (SourceDocument document in symbols.Documents)
        {
            context.Spend(1024);
            SourceMatch match = tree.Compare(document, symbols, out string path);
            counts[match] = counts.GetValueOrDefault(match) + 1;
            if (match == SourceMatch.Different)
                Report(context, path, $"The file '{Show(path)}' of the working tree is not the one that the program was compiled from.");
            else if (match == SourceMatch.Missing && document.EmbeddedSource.IsDefault && !Generated.Any(part => document.Name.Replace('\\', '/').Contains(part, StringComparison.Ordinal)))
                Report(context, path, $"The program was compiled from '{Show(path)}', which the working tree does not have.");
            // A source that is shown to debuggers and is not what was compiled is a lie of the file itself.
            if (!document.EmbeddedSource.IsDefault && !document.Hash.IsEmpty && document.Algorithm is "sha256" or "sha1" && SourceTree.Compare(document, document.EmbeddedSource.AsSpan()) == SourceMatch.Different)
                Report(context, path, $"The embedded source '{Show(path)}' does not have the hash that the symbols record.");
        }

        context.SetFact("symbols.compared-sources", string.Join(' ', counts.Select(static c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}:{c.Value}"))));
    }

    private static void Report(AnalysisContext context, string path, string message) =>
        context.Report(new Finding(ScanRules.SourceMismatch, message, context.At()) { Identity = path });

    private static string Show(string path) => PrintableText.Escape(path, 512);
}
