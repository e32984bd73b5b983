using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>A stretch of a joined text that a literal gave.</summary>
/// <param name="Start">Where it starts in the joined text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Origin">Where the literal's own text would start in the joined text; differs from the start for a piece of a format.</param>
/// <param name="Syntax">The literal.</param>
internal readonly record struct TextPart(int Start, int End, int Origin, SyntaxNode Syntax);
