using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>The steps that led to a fact, the last one first.</summary>
/// <param name="Previous">The steps before.</param>
/// <param name="Syntax">Where the step happened.</param>
/// <param name="Symbol">The member or variable that the value went through.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Inner">For a call: the steps inside the callee.</param>
internal sealed record Trace(Trace? Previous, SyntaxNode Syntax, ISymbol? Symbol, TraceKind Kind, Trace? Inner = null)
{
    /// <summary>The most steps that are kept on one way; later ones are left out.</summary>
    public const int MaximumLength = 40;

    /// <summary>The number of steps.</summary>
    public int Length { get; } = (Previous?.Length ?? 0) + (Inner?.Length ?? 0) + 1;
}
