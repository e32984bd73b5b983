using System.Collections.Immutable;
using SecurityToolchain.Scanning.Archives;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning;

/// <summary>The analyzers that run when the options name none.</summary>
public static class DefaultAnalyzers
{
    /// <summary>Creates the list; the order is the order in which they look at a file.</summary>
    public static ImmutableArray<IContentAnalyzer> Create() =>
    [
        new FileTypeAnalyzer(),
        new ArchiveAnalyzer(),
    ];
}
