using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>The edges of one piece of code: a body, or the initialiser of a field or property.</summary>
internal sealed class OutlineSegment
{
    /// <summary>The method, or the initialised member.</summary>
    public required ISymbol Owner { get; init; }

    /// <summary>The first edge.</summary>
    public required int Start { get; init; }

    /// <summary>The edge after the last one.</summary>
    public int End { get; set; }

    /// <summary>Classes and delegates of the analysed code whose objects pass through.</summary>
    public HashSet<INamedTypeSymbol> Handled { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Members that it assigns, whatever the value.</summary>
    public HashSet<int> Written { get; } = new();

    /// <summary>Types of delegates that it makes.</summary>
    public HashSet<INamedTypeSymbol> Delegates { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether it throws, so that its return proves something about its arguments.</summary>
    public bool Throws { get; set; }

    /// <summary>Whether it calls a delegate or is too deeply nested to be outlined: always interpreted where it is called.</summary>
    public bool IsOpaque { get; set; }

    /// <summary>The number of operations.</summary>
    public int Operations { get; set; }
}
