namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>Which value of a call a <see cref="FlowPoint"/> means.</summary>
internal enum FlowPointKind
{
    /// <summary>The object that is called.</summary>
    Receiver,

    /// <summary>The result.</summary>
    Result,

    /// <summary>An argument.</summary>
    Argument,

    /// <summary>A value that the method hands to a delegate argument.</summary>
    CallbackArgument,

    /// <summary>The value that a delegate argument returns.</summary>
    CallbackResult,
}
