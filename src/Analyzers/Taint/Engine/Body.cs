using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>One method with code, and what a single look over it tells.</summary>
internal sealed class Body
{
    /// <summary>The method, constructor or accessor (definition).</summary>
    public required IMethodSymbol Method { get; init; }

    /// <summary>The file.</summary>
    public required SyntaxTree Tree { get; init; }

    /// <summary>The code; null for a constructor that is not written.</summary>
    public IOperation? Root { get; init; }

    /// <summary>The declaration.</summary>
    public SyntaxNode? Syntax { get; init; }

    /// <summary>Field and property initialisers that a constructor runs first.</summary>
    public ImmutableArray<IOperation> Initializers { get; set; } = ImmutableArray<IOperation>.Empty;

    /// <summary>Definitions of methods that may be called or turned into delegates.</summary>
    public ImmutableArray<IMethodSymbol> Callees { get; set; } = ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>Fields and auto-properties of the analysed code that are read or written.</summary>
    public ImmutableArray<ISymbol> Members { get; set; } = ImmutableArray<ISymbol>.Empty;

    /// <summary>Methods that are turned into delegates, so that anybody may call them.</summary>
    public ImmutableArray<IMethodSymbol> Referenced { get; set; } = ImmutableArray<IMethodSymbol>.Empty;

    /// <summary>The call of the base constructor in the head of a class.</summary>
    public IOperation? PrimaryBaseCall { get; init; }

    /// <summary>Kinds of sources that appear.</summary>
    public SourceKinds Sources { get; set; }

    /// <summary>Kinds of sinks that appear.</summary>
    public SinkKinds Sinks { get; set; }

    /// <summary>Whether a framework calls the method with data of a source.</summary>
    public bool IsEntryPoint { get; set; }

    /// <summary>Whether this is a lambda or local function that is interpreted on its own; its captured variables are members of its closure.</summary>
    public bool IsClosure { get; init; }

    /// <summary>The graph of a lambda or local function; null where <see cref="Root"/> says it.</summary>
    public Microsoft.CodeAnalysis.FlowAnalysis.ControlFlowGraph? Graph { get; init; }
}
