using System.Collections.Generic;
using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Propagators;

/// <summary>Collections that do not change and queues between tasks: what goes in comes out of another object.</summary>
internal static class CollectionPropagators
{
    private const string Ns = "System.Collections.Immutable.";
    private const string Channels = "System.Threading.Channels.";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Propagator> All = ImmutableArray.CreateRange<Propagator>([
        // System.Collections.Immutable reference: each change gives a new collection.
        .. Changes(Ns + "IImmutableList`1", "value", "Add", "SetItem"),
        .. Changes(Ns + "IImmutableList`1", "element", "Insert"),
        .. Changes(Ns + "IImmutableSet`1", "value", "Add"),
        .. Changes(Ns + "IImmutableQueue`1", "value", "Enqueue"),
        .. Changes(Ns + "IImmutableStack`1", "value", "Push"),
        .. Changes(Ns + "IImmutableDictionary`2", "value", "Add", "SetItem"),

        // System.Threading.Channels reference: both ends are one queue.
        Propagator.ReturnsReceiver(Channels + "Channel`2", "Writer", includeImplementations: true),
        Propagator.ReturnsReceiver(Channels + "Channel`2", "Reader", includeImplementations: true),
        Propagator.ArgumentToReceiver(Channels + "ChannelWriter`1", "TryWrite", "item", includeImplementations: true),
        Propagator.ArgumentToReceiver(Channels + "ChannelWriter`1", "WriteAsync", "item", includeImplementations: true),
        Propagator.ReceiverToArgument(Channels + "ChannelReader`1", "TryRead", "item", includeImplementations: true),
        Propagator.ReceiverToResult(Channels + "ChannelReader`1", "ReadAsync", includeImplementations: true),
        Propagator.ReceiverToResult(Channels + "ChannelReader`1", "ReadAllAsync", includeImplementations: true),
    ]);

    private static IEnumerable<Propagator> Changes(string type, string parameter, params string[] methods)
    {
        foreach (string method in methods)
        {
            yield return Propagator.Flow(type, method, FlowPoint.Argument(parameter), FlowPoint.ResultElements, includeImplementations: true);
            yield return Propagator.Flow(type, method, FlowPoint.ReceiverElements, FlowPoint.ResultElements, includeImplementations: true);
        }
    }
}
