using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Interop.Native;

namespace NativeInterop;

/// <summary>Bytes in, bytes out, behind a handle. The work, adding 1 to every byte, stands for any other.</summary>
internal static unsafe class ProcessorExports
{
    private static readonly HandleRegistry<SecureProcessor> s_processors = new(capacity: 64);

    [UnmanagedCallersOnly(EntryPoint = "ni_processor_create")]
    public static long Create(int maxSize)
    {
        try
        {
            if (maxSize < 1)
                return ResultCode.InvalidArgument;
            return s_processors.TryAdd(new SecureProcessor(maxSize), out long handle) ? handle : ResultCode.Full;
        }
        catch (Exception)
        {
            return ResultCode.Internal;
        }
    }

    /// <summary>Returns the bytes written.</summary>
    [UnmanagedCallersOnly(EntryPoint = "ni_processor_process")]
    public static long Process(long handle, byte* data, long size, byte* output, long capacity)
    {
        try
        {
            if (!s_processors.TryGet(handle, out SecureProcessor? processor))
                return ResultCode.UnknownHandle;
            if (data is null || output is null)
                return ResultCode.NullPointer;
            if (size < 1)
                return ResultCode.InvalidArgument;
            if (size > processor.MaxSizeInBytes)
                return ResultCode.TooLong;
            if (capacity < size)
                return ResultCode.BufferTooSmall;
            // Copied before it is looked at: the caller's other threads may write to its memory meanwhile.
            byte[] copy = new ReadOnlySpan<byte>(data, (int)size).ToArray();
            if (processor.Validate(copy) is not null)
                return ResultCode.InvalidArgument;
            for (int i = 0; i < copy.Length; i++)
                output[i] = unchecked((byte)(copy[i] + 1));
            return size;
        }
        catch (Exception)
        {
            return ResultCode.Internal;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "ni_processor_destroy")]
    public static int Destroy(long handle)
    {
        try
        {
            return s_processors.TryRemove(handle, out _) ? ResultCode.Ok : ResultCode.UnknownHandle;
        }
        catch (Exception)
        {
            return ResultCode.Internal;
        }
    }
}
