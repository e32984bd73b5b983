using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>A source in the program.</summary>
internal sealed class SourceOrigin(SourceKinds kinds, SyntaxNode syntax, string text, ISymbol? symbol, object? constant) : Origin
{
    /// <summary>The kinds.</summary>
    public SourceKinds Kinds { get; } = kinds;

    /// <summary>The expression or declaration.</summary>
    public SyntaxNode Syntax { get; } = syntax;

    /// <summary>What messages call it.</summary>
    public string Text { get; } = text;

    /// <summary>The parameter, property, method; null for literals.</summary>
    public ISymbol? Symbol { get; } = symbol;

    /// <summary>The value of a literal.</summary>
    public object? Constant { get; } = constant;
}
