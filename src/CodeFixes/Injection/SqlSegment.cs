using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>A piece of a SQL text: fixed text, or an expression that is put in.</summary>
/// <param name="Text">The fixed text; also set for a constant expression.</param>
/// <param name="Expression">The expression, or null for fixed text.</param>
/// <param name="Format">The format after the colon of a hole, or null.</param>
/// <param name="Type">The expression's type.</param>
internal readonly record struct SqlSegment(string? Text, ExpressionSyntax? Expression, string? Format, ITypeSymbol? Type)
{
    /// <summary>Whether the piece is a value that is only known when the program runs.</summary>
    public bool IsHole => Text is null;
}
