using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>A place that asks something about a path.</summary>
/// <param name="Syntax">The place.</param>
/// <param name="Key">The path.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Name">The member that asks, for messages.</param>
/// <param name="Origin">Where the file system is asked: the place itself, or a place inside the helper that it calls.</param>
internal sealed record PathCheck(SyntaxNode Syntax, PathKey Key, CheckKind Kind, string Name, Location Origin);
