using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Propagators;

/// <summary>How the content of byte arrays changes hands. What these fill is no longer an array that nothing has filled.</summary>
internal static class ByteCopies
{
    private const string Binary = "System.Buffers.Binary.BinaryPrimitives";

    /// <summary>From one array into another.</summary>
    public static readonly ImmutableArray<Propagator> Propagators = ImmutableArray.Create(
        // System.Array and System.Buffer references.
        Propagator.ArgumentToArgument("System.Array", "Copy", "sourceArray", "destinationArray"),
        Propagator.ArgumentToArgument("System.Array", "ConstrainedCopy", "sourceArray", "destinationArray"),
        Propagator.ArgumentToArgument("System.Buffer", "BlockCopy", "src", "dst"),
        Propagator.ReceiverToArgument("System.Array", "CopyTo", "array", includeImplementations: true),

        // System.Span reference.
        Propagator.ReceiverToArgument("System.Span`1", "CopyTo", "destination"),
        Propagator.ReceiverToArgument("System.ReadOnlySpan`1", "CopyTo", "destination"),
        Propagator.ReceiverToArgument("System.Span`1", "TryCopyTo", "destination"),
        Propagator.ReceiverToArgument("System.ReadOnlySpan`1", "TryCopyTo", "destination"),

        // System.Guid and System.BitConverter references.
        Propagator.ReceiverToArgument("System.Guid", "TryWriteBytes", "destination"),
        Propagator.ArgumentToArgument("System.BitConverter", "TryWriteBytes", "value", "destination"),

        // System.Buffers.Binary.BinaryPrimitives reference.
        Propagator.ArgumentToArgument(Binary, "WriteInt32BigEndian", "value", "destination"),
        Propagator.ArgumentToArgument(Binary, "WriteInt32LittleEndian", "value", "destination"),
        Propagator.ArgumentToArgument(Binary, "WriteUInt32BigEndian", "value", "destination"),
        Propagator.ArgumentToArgument(Binary, "WriteUInt32LittleEndian", "value", "destination"),
        Propagator.ArgumentToArgument(Binary, "WriteInt64BigEndian", "value", "destination"),
        Propagator.ArgumentToArgument(Binary, "WriteInt64LittleEndian", "value", "destination"),
        Propagator.ArgumentToArgument(Binary, "WriteUInt64BigEndian", "value", "destination"),
        Propagator.ArgumentToArgument(Binary, "WriteUInt64LittleEndian", "value", "destination"));

    /// <summary>Members that fill an array from outside.</summary>
    public static readonly ImmutableArray<Overwrite> Overwrites = ImmutableArray.Create(
        // System.IO.Stream reference.
        Overwrite.Argument("System.IO.Stream", "Read", "buffer", includeImplementations: true),
        Overwrite.Argument("System.IO.Stream", "ReadAsync", "buffer", includeImplementations: true),
        Overwrite.Argument("System.IO.Stream", "ReadExactly", "buffer"),
        Overwrite.Argument("System.IO.Stream", "ReadExactlyAsync", "buffer"),
        Overwrite.Argument("System.IO.Stream", "ReadAtLeast", "buffer"),
        Overwrite.Argument("System.IO.BinaryReader", "Read", "buffer", includeImplementations: true),

        // Copies replace what was there.
        Overwrite.Argument("System.Array", "Copy", "destinationArray"),
        Overwrite.Argument("System.Array", "ConstrainedCopy", "destinationArray"),
        Overwrite.Argument("System.Buffer", "BlockCopy", "dst"),
        Overwrite.Argument("System.Array", "CopyTo", "array"),
        Overwrite.Argument("System.Span`1", "CopyTo", "destination"),
        Overwrite.Argument("System.ReadOnlySpan`1", "CopyTo", "destination"),
        Overwrite.Argument("System.Span`1", "TryCopyTo", "destination"),
        Overwrite.Argument("System.ReadOnlySpan`1", "TryCopyTo", "destination"),
        Overwrite.Argument("System.Guid", "TryWriteBytes", "destination"),
        Overwrite.Argument("System.BitConverter", "TryWriteBytes", "destination"),
        Overwrite.Argument(Binary, "WriteInt32BigEndian", "destination"),
        Overwrite.Argument(Binary, "WriteInt32LittleEndian", "destination"),
        Overwrite.Argument(Binary, "WriteUInt32BigEndian", "destination"),
        Overwrite.Argument(Binary, "WriteUInt32LittleEndian", "destination"),
        Overwrite.Argument(Binary, "WriteInt64BigEndian", "destination"),
        Overwrite.Argument(Binary, "WriteInt64LittleEndian", "destination"),
        Overwrite.Argument(Binary, "WriteUInt64BigEndian", "destination"),
        Overwrite.Argument(Binary, "WriteUInt64LittleEndian", "destination"),

        // Derived and converted bytes.
        Overwrite.Argument("System.Security.Cryptography.HKDF", "DeriveKey", "output"),
        Overwrite.Argument("System.Security.Cryptography.HKDF", "Expand", "output"),
        Overwrite.Argument("System.Security.Cryptography.Rfc2898DeriveBytes", "Pbkdf2", "destination"),
        Overwrite.Argument("System.Convert", "TryFromBase64String", "bytes"));
}
