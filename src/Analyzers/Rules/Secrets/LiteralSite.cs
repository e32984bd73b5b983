using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>A constant that may turn out to be a credential once it is known where it goes.</summary>
/// <param name="Syntax">The literal.</param>
/// <param name="Name">What it was first called, for the fix; may be null.</param>
internal readonly record struct LiteralSite(SyntaxNode Syntax, string? Name);
