using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;
using SecurityToolchain.Analyzers.Taint.Outline;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What one file tells: its bodies, initialisers, assigned fields and created classes.</summary>
internal sealed class FileIndex
{
    /// <summary>The bodies in source order.</summary>
    public List<Body> Bodies { get; } = new();

    /// <summary>Initialisers of fields and properties, in source order.</summary>
    public List<(ISymbol Member, IOperation Initializer, OperationScan Scan)> Initializers { get; } = new();

    /// <summary>Fields and properties that something other than their initialiser assigns.</summary>
    public HashSet<ISymbol> Assigned { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Classes that are created, or named as type arguments (registrations, factories).</summary>
    public HashSet<INamedTypeSymbol> Instantiated { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The flows of the file in outline.</summary>
    public required FlowOutline Outline { get; init; }

    /// <summary>Whether the file is generated.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>Kinds of sources in the file.</summary>
    public SourceKinds Sources { get; set; }

    /// <summary>Kinds of sinks in the file.</summary>
    public SinkKinds Sinks { get; set; }
}
