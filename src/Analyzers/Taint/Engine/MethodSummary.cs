using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What a method does with its inputs, in terms of its inputs.</summary>
internal sealed class MethodSummary
{
    /// <summary>The method.</summary>
    public required IMethodSymbol Method { get; init; }

    /// <summary>The analysis that made the summary; null for fallbacks.</summary>
    public BodyInterpreter? Body { get; init; }

    /// <summary>The state at the normal exit; null when the method never returns.</summary>
    public FlowState? Exit { get; init; }

    /// <summary>The returned value.</summary>
    public AbstractValue Result { get; init; } = AbstractValue.Clean;

    /// <summary>The value of thrown exceptions.</summary>
    public AbstractValue Thrown { get; init; } = AbstractValue.Clean;

    /// <summary>Inputs and sources that reach sinks, in this method and in what it calls.</summary>
    public IReadOnlyList<SinkFlow> Flows { get; init; } = ImmutableArray<SinkFlow>.Empty;

    /// <summary>Calls of delegates among the inputs, in the order of execution.</summary>
    public IReadOnlyList<CallbackEvent> Callbacks { get; init; } = ImmutableArray<CallbackEvent>.Empty;

    /// <summary>What the return of true, of false, or at all proves about parameters.</summary>
    public IReadOnlyList<Validation> Validations { get; init; } = ImmutableArray<Validation>.Empty;

    /// <summary>Parameters whose constant or exact type would make the summary sharper, as bits; bit 63 is the object itself.</summary>
    public ulong WantedContexts { get; init; }

    /// <summary>Input objects whose members the method changes.</summary>
    public IReadOnlyList<HeapObject> ChangedInputs { get; init; } = ImmutableArray<HeapObject>.Empty;

    /// <summary>Values that code outside the compilation got hold of.</summary>
    public IReadOnlyList<AbstractValue> Escaped { get; init; } = ImmutableArray<AbstractValue>.Empty;

    /// <summary>Whether a call changes nothing, reaches nothing and gives nothing that anybody follows.</summary>
    public bool DoesNothing { get; init; }

    /// <summary>Whether the budget ended the analysis: arguments are taken to reach the result.</summary>
    public bool IsFallback { get; init; }

    /// <summary>A number that grows with what the summary knows; equal numbers end the iteration over recursive methods.</summary>
    public long Size { get; init; }

    /// <summary>A check by the method.</summary>
    /// <param name="Parameter">The position of the checked parameter.</param>
    /// <param name="Clears">The sinks for which it is harmless.</param>
    /// <param name="When">The outcome.</param>
    internal readonly record struct Validation(int Parameter, SinkKinds Clears, ValidWhen When);
}
