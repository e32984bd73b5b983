using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>Sources that rows cannot name: entry-point parameters by convention, literals, arrays. One instance serves one compilation.</summary>
internal interface ISourceMatcher
{
    /// <summary>Every kind that the matcher may answer; it is not asked where no active rule wants one of these.</summary>
    SourceKinds Kinds { get; }

    /// <summary>The kinds of operations for which <see cref="MatchOperation"/> is asked; empty for none.</summary>
    ImmutableArray<OperationKind> Operations { get; }

    /// <summary>
    /// The kinds that a parameter, field, property or method result has by its declaration. Asked once per symbol (original definition).
    /// For a parameter it means the value at entry of the method that declares it.
    /// </summary>
    SourceKinds MatchSymbol(ISymbol symbol);

    /// <summary>The kinds that the value of an expression has.</summary>
    SourceKinds MatchOperation(IOperation operation);

    /// <summary>What messages call the source, or null for the name or text of the expression.</summary>
    string? Describe(ISymbol? symbol, IOperation? operation);
}
