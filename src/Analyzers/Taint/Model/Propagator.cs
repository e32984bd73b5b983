using System;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>
/// How a library member passes values on. A member with at least one propagator row passes on what its rows say and nothing else;
/// a member without any passes arguments and receiver to the result when the result can carry text.
/// </summary>
/// <example><code>
/// Propagator.ArgumentToReceiver("System.Text.StringBuilder", "Append", "value")
/// Propagator.Neutral("System.Data.IDbCommand", "ExecuteReader", includeImplementations: true)
/// Propagator.Flow("System.Linq.Enumerable", "Select", FlowPoint.ArgumentElements("source"), FlowPoint.CallbackArgument("selector"))
/// </code></example>
internal sealed class Propagator : ModelRow
{
    private Propagator(string typeName, string memberName, FlowPoint? from, FlowPoint? to, bool includeImplementations)
        : base(typeName, memberName, includeImplementations)
    {
        From = from;
        To = to;
    }

    /// <summary>Where the value comes from; null in a neutral row.</summary>
    public FlowPoint? From { get; }

    /// <summary>Where it goes; null in a neutral row.</summary>
    public FlowPoint? To { get; }

    private protected override string? ParameterNameOfRow => From?.ParameterName ?? To?.ParameterName;

    /// <summary>Whether the result is the very object or value that went in, so that later writes through it are seen (builders, wrappers).</summary>
    public bool SameObject { get; init; }

    /// <summary>The general form.</summary>
    public static Propagator Flow(string type, string method, FlowPoint from, FlowPoint to, bool includeImplementations = false, Func<ISymbol, bool>? filter = null) =>
        new(type, method, from, to, includeImplementations) { Filter = filter };

    /// <summary>From an argument to the result (for <see cref="ModelRow.Constructor"/> to the new object).</summary>
    public static Propagator ArgumentToResult(string type, string method, string parameter, bool includeImplementations = false) =>
        new(type, method, FlowPoint.Argument(parameter), FlowPoint.Result, includeImplementations);

    /// <summary>From the receiver to the result.</summary>
    public static Propagator ReceiverToResult(string type, string method, bool includeImplementations = false) =>
        new(type, method, FlowPoint.Receiver, FlowPoint.Result, includeImplementations);

    /// <summary>From an argument into the receiver's content.</summary>
    public static Propagator ArgumentToReceiver(string type, string method, string parameter, bool includeImplementations = false) =>
        new(type, method, FlowPoint.Argument(parameter), FlowPoint.Receiver, includeImplementations);

    /// <summary>From the receiver's content into an argument: a buffer or <c>out</c> parameter.</summary>
    public static Propagator ReceiverToArgument(string type, string method, string parameter, bool includeImplementations = false) =>
        new(type, method, FlowPoint.Receiver, FlowPoint.Argument(parameter), includeImplementations);

    /// <summary>From one argument into the content of another.</summary>
    public static Propagator ArgumentToArgument(string type, string method, string from, string to, bool includeImplementations = false) =>
        new(type, method, FlowPoint.Argument(from), FlowPoint.Argument(to), includeImplementations);

    /// <summary>The method returns its receiver (fluent interfaces).</summary>
    public static Propagator ReturnsReceiver(string type, string method, bool includeImplementations = false) =>
        new(type, method, FlowPoint.Receiver, FlowPoint.Result, includeImplementations) { SameObject = true };

    /// <summary>The new or returned object wraps an argument: what is written to the one is read from the other (writers over streams).</summary>
    public static Propagator Wraps(string type, string method, string parameter, bool includeImplementations = false) =>
        new(type, method, FlowPoint.Argument(parameter), FlowPoint.Result, includeImplementations) { SameObject = true };

    /// <summary>The member passes nothing on: its result does not consist of what went in.</summary>
    public static Propagator Neutral(string type, string member, bool includeImplementations = false) =>
        new(type, member, null, null, includeImplementations);
}
