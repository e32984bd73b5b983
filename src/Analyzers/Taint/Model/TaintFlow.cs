using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>A flow that the engine found, as a rule sees it.</summary>
internal sealed class TaintFlow
{
    /// <summary>The rule.</summary>
    public required TaintRule Rule { get; init; }

    /// <summary>The one kind of origin.</summary>
    public required SourceKinds SourceKind { get; init; }

    /// <summary>What the source is called, for example <c>query parameter 'q'</c> or <c>Random.Next</c>.</summary>
    public required string SourceText { get; init; }

    /// <summary>Where the source stands.</summary>
    public required Location SourceLocation { get; init; }

    /// <summary>The source's symbol (parameter, property, method), or null for literals and arrays.</summary>
    public ISymbol? SourceSymbol { get; init; }

    /// <summary>The constant that the source is, for literal sources.</summary>
    public object? SourceConstant { get; init; }

    /// <summary>The kinds of the sink that this rule wants.</summary>
    public required SinkKinds SinkKinds { get; init; }

    /// <summary>What the sink is called, for example <c>SqlCommand.CommandText</c>.</summary>
    public required string SinkText { get; init; }

    /// <summary>The target of the sink: method, property, field, local.</summary>
    public required ISymbol SinkTarget { get; init; }

    /// <summary>The call, creation, assignment or return that is the sink.</summary>
    public required IOperation SinkOperation { get; init; }

    /// <summary>The expression that goes into the sink; the diagnostic stands there.</summary>
    public required IOperation SinkValue { get; init; }

    /// <summary>Whether the value was joined with something else on its way (concatenation, formatting, a builder).</summary>
    public bool IsMixed { get; init; }

    /// <summary>See <see cref="SinkSite.KnownPrefix"/>; about the expression at the sink.</summary>
    public string KnownPrefix { get; init; } = string.Empty;

    /// <summary>The steps between source and sink, the ends included.</summary>
    public required ImmutableArray<FlowStep> Steps { get; init; }

    /// <summary>Whether the whole flow lies in the sink's method.</summary>
    public bool IsInOneMethod { get; init; }
}
