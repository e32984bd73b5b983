using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>An operation that acts on a path.</summary>
/// <param name="Path">The expression of the path, or the file object.</param>
/// <param name="Kind">What is done.</param>
internal readonly record struct FileUse(IOperation Path, UseKind Kind);
