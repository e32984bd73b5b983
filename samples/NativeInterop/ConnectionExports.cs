using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Interop.Native;

namespace NativeInterop;

/// <summary>A bounded table of hosts and ports that native code names by number.</summary>
internal static unsafe class ConnectionExports
{
    private const int LongestHost = 253;
    private static readonly HandleRegistry<ConnectionTarget> s_connections = new();

    [UnmanagedCallersOnly(EntryPoint = "ni_connection_add")]
    public static long Add(byte* host, int port)
    {
        try
        {
            NativeTextError error = NativeText.TryRead((nint)host, out string? name, LongestHost);
            if (error != NativeTextError.None)
                return (int)error;
            if (!ConnectionTarget.TryCreate(name, port, out ConnectionTarget? target))
                return ResultCode.InvalidArgument;
            return s_connections.TryAdd(target, out long handle) ? handle : ResultCode.Full;
        }
        catch (Exception)
        {
            return ResultCode.Internal;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "ni_connection_remove")]
    public static int Remove(long handle)
    {
        try
        {
            return s_connections.TryRemove(handle, out _) ? ResultCode.Ok : ResultCode.UnknownHandle;
        }
        catch (Exception)
        {
            return ResultCode.Internal;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "ni_connection_count")]
    public static int Count() => s_connections.Count;
}
