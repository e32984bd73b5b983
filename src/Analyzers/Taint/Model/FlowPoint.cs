namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>One end of a <see cref="Propagator"/>.</summary>
/// <param name="Kind">Which value.</param>
/// <param name="ParameterName">The parameter, where the kind needs one.</param>
/// <param name="CallbackPosition">The zero-based position among the delegate's parameters, for <see cref="FlowPointKind.CallbackArgument"/>.</param>
/// <param name="IsElement">Whether the elements of the value are meant, not the value.</param>
internal readonly record struct FlowPoint(FlowPointKind Kind, string? ParameterName = null, int CallbackPosition = 0, bool IsElement = false)
{
    /// <summary>The object that the method is called on; for an extension method its first argument.</summary>
    public static FlowPoint Receiver => new(FlowPointKind.Receiver);

    /// <summary>The elements of the receiver.</summary>
    public static FlowPoint ReceiverElements => new(FlowPointKind.Receiver, IsElement: true);

    /// <summary>The result.</summary>
    public static FlowPoint Result => new(FlowPointKind.Result);

    /// <summary>The elements of the result.</summary>
    public static FlowPoint ResultElements => new(FlowPointKind.Result, IsElement: true);

    /// <summary>An argument.</summary>
    public static FlowPoint Argument(string parameter) => new(FlowPointKind.Argument, parameter);

    /// <summary>The elements of an argument.</summary>
    public static FlowPoint ArgumentElements(string parameter) => new(FlowPointKind.Argument, parameter, IsElement: true);

    /// <summary>What the method hands to a delegate.</summary>
    public static FlowPoint CallbackArgument(string parameter, int position = 0) => new(FlowPointKind.CallbackArgument, parameter, position);

    /// <summary>What a delegate returns.</summary>
    public static FlowPoint CallbackResult(string parameter) => new(FlowPointKind.CallbackResult, parameter);
}
