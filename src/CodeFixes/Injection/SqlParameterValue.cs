using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SecurityToolchain.CodeFixes.Injection;

/// <summary>A value that becomes a parameter.</summary>
/// <param name="Name">The parameter's name without prefix.</param>
/// <param name="Expression">The value.</param>
/// <param name="Type">The value's type; null for text that is put together.</param>
/// <param name="Key">The normalised text of the expression, so that equal values share a parameter.</param>
internal sealed record SqlParameterValue(string Name, ExpressionSyntax Expression, ITypeSymbol? Type, string Key);
