using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>A constant that may turn out to be a credential once it is known where it goes.</summary>
/// <param name="Syntax">The literal.</param>
/// <param name="Name">What it was first called, for the fix; may be null.</param>
/// <param name="Text">The text; null for an array of bytes or characters.</param>
/// <param name="Count">How many elements an array has; 0 for a text.</param>
/// <param name="IsTest">Whether it stands in a test.</param>
internal sealed record LiteralSite(SyntaxNode Syntax, string? Name, string? Text, int Count, bool IsTest);
