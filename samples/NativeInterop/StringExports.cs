using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Interop.Native;

namespace NativeInterop;

/// <summary>Text in, text out.</summary>
internal static unsafe class StringExports
{
    /// <summary>Returns the text in upper case in memory that <see cref="Free"/> takes back.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ni_process_string")]
    public static int Process(byte* text, long maxSize, byte** result)
    {
        if (result is null)
            return ResultCode.NullPointer;
        *result = null;
        try
        {
            if (maxSize is < 0 or > NativeText.DefaultMaxSizeInBytes)
                return ResultCode.InvalidArgument;
            NativeTextError error = NativeText.TryRead((nint)text, out string? read, (int)maxSize);
            if (error != NativeTextError.None)
                return (int)error;
            *result = (byte*)NativeText.Allocate(read!.ToUpperInvariant());
            return *result is null ? ResultCode.Internal : ResultCode.Ok;
        }
        catch (Exception)
        {
            return ResultCode.Internal;
        }
    }

    /// <summary>Wipes and frees text from <see cref="Process"/>. A second call, or an address from elsewhere, touches nothing.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ni_free_string")]
    public static int Free(byte* text)
    {
        try
        {
            return NativeText.TryFree((nint)text) ? ResultCode.Ok : ResultCode.NotOurMemory;
        }
        catch (Exception)
        {
            return ResultCode.Internal;
        }
    }
}
