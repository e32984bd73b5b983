using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Propagators;

/// <summary>How members of the base class library pass values on, where the default (arguments and receiver to result) is not right.</summary>
internal static class CorePropagators
{
    /// <summary>Propagators.</summary>
    public static readonly ImmutableArray<Propagator> All = ImmutableArray.Create(
        // System.Net.Sockets.Socket: what the connection carries comes into the buffer.
        Propagator.ReceiverToArgument("System.Net.Sockets.Socket", "Receive", "buffer"),
        Propagator.ReceiverToArgument("System.Net.Sockets.Socket", "ReceiveAsync", "buffer"),
        Propagator.ReceiverToArgument("System.Net.Sockets.Socket", "ReceiveFrom", "buffer"),
        Propagator.ReceiverToArgument("System.Net.Sockets.Socket", "ReceiveFromAsync", "buffer"),

        // System.Data: what a query returns does not consist of the query's text and parameters.
        Propagator.Neutral("System.Data.IDbCommand", "ExecuteReader", includeImplementations: true),
        Propagator.Neutral("System.Data.IDbCommand", "ExecuteScalar", includeImplementations: true));

    /// <summary>Overwrites.</summary>
    public static readonly ImmutableArray<Overwrite> Overwrites = ImmutableArray.Create(
        // System.Security.Cryptography reference: the buffer is filled with random bytes.
        Overwrite.Argument("System.Security.Cryptography.RandomNumberGenerator", "Fill", "data", origin: SourceKinds.StrongRandom),
        Overwrite.Argument("System.Security.Cryptography.RandomNumberGenerator", "GetBytes", "data", includeImplementations: true, origin: SourceKinds.StrongRandom),
        Overwrite.Argument("System.Security.Cryptography.RandomNumberGenerator", "GetNonZeroBytes", "data", includeImplementations: true, origin: SourceKinds.StrongRandom),
        // System.Text reference.
        Overwrite.Receiver("System.Text.StringBuilder", "Clear"));
}
