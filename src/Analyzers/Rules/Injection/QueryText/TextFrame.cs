using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>One call on the way from a query text back to its parts: what the callee's parameters are bound to.</summary>
internal sealed class TextFrame
{
    /// <summary>The frame without bindings: parameters are whatever the callers pass.</summary>
    public static readonly TextFrame Root = new(ImmutableDictionary<IParameterSymbol, (IOperation, TextFrame)>.Empty, instance: null, instanceFrame: null, depth: 0);

    private readonly ImmutableDictionary<IParameterSymbol, (IOperation Operation, TextFrame Frame)> _bindings;

    private TextFrame(
        ImmutableDictionary<IParameterSymbol, (IOperation Operation, TextFrame Frame)> bindings, IOperation? instance, TextFrame? instanceFrame, int depth)
    {
        _bindings = bindings;
        Instance = instance;
        InstanceFrame = instanceFrame;
        Depth = depth;
    }

    /// <summary>The receiver of the call, when it is known.</summary>
    public IOperation? Instance { get; }

    /// <summary>The frame in which <see cref="Instance"/> is evaluated.</summary>
    public TextFrame? InstanceFrame { get; }

    /// <summary>The number of calls between this frame and the query.</summary>
    public int Depth { get; }

    /// <summary>A frame for a call from this frame.</summary>
    public TextFrame Call(ImmutableDictionary<IParameterSymbol, (IOperation Operation, TextFrame Frame)> bindings, IOperation? instance) =>
        new(bindings, instance, this, Depth + 1);

    /// <summary>This frame with one more parameter bound, for lambdas, which keep what surrounds them.</summary>
    public TextFrame With(IParameterSymbol parameter, IOperation operation, TextFrame frame) =>
        new(_bindings.SetItem(parameter, (operation, frame)), Instance, InstanceFrame, Depth + 1);

    /// <summary>The argument that is bound to a parameter.</summary>
    public bool TryBind(IParameterSymbol parameter, out (IOperation Operation, TextFrame Frame) bound) =>
        _bindings.TryGetValue(parameter.OriginalDefinition, out bound) || _bindings.TryGetValue(parameter, out bound);
}
