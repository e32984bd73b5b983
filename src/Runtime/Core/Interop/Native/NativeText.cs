using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace SecurityToolchain.Runtime.Interop.Native;

/// <summary>
/// Text across the border to native code: never scanned past a limit, strict UTF-8, and memory that is freed once and only if it came from
/// here. No member throws on bad native input, since an exception must not cross the border. Thread safe.
/// </summary>
public static unsafe class NativeText
{
    /// <summary>Longest text by default, in bytes: 16 MiB.</summary>
    public const int DefaultMaxSizeInBytes = 16 * 1024 * 1024;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly ConcurrentDictionary<nint, int> s_allocations = new();

    /// <summary>Allocations that were not freed yet.</summary>
    public static int AllocationCount => s_allocations.Count;

    /// <summary>Reads text that ends with a zero byte.</summary>
    /// <param name="address">Address from native code, or 0.</param>
    /// <param name="text">The text, or <see langword="null"/>.</param>
    /// <param name="maxSizeInBytes">Bytes after which the scan stops, the zero byte not counted. At least 0.</param>
    /// <returns>What went wrong, or <see cref="NativeTextError.None"/>.</returns>
    public static NativeTextError TryRead(nint address, out string? text, int maxSizeInBytes = DefaultMaxSizeInBytes)
    {
        text = null;
        if (address == 0)
            return NativeTextError.NullPointer;
        if (maxSizeInBytes < 0)
            return NativeTextError.TooLong;
        byte* start = (byte*)address;
        int length = 0;
        // One byte at a time up to the zero byte: memory behind it need not be readable.
        while (start[length] != 0)
        {
            if (length == maxSizeInBytes)
                return NativeTextError.TooLong;
            length++;
        }

        return Decode(new ReadOnlySpan<byte>(start, length), out text);
    }

    /// <summary>Reads text of a length that native code gives; it may hold zero bytes.</summary>
    /// <param name="address">Address from native code, or 0.</param>
    /// <param name="sizeInBytes">Bytes that are readable there.</param>
    /// <param name="text">The text, or <see langword="null"/>.</param>
    /// <param name="maxSizeInBytes">Most bytes to accept.</param>
    /// <returns>What went wrong, or <see cref="NativeTextError.None"/>.</returns>
    public static NativeTextError TryReadCounted(nint address, long sizeInBytes, out string? text, int maxSizeInBytes = DefaultMaxSizeInBytes)
    {
        text = null;
        if (address == 0)
            return NativeTextError.NullPointer;
        return sizeInBytes < 0 || sizeInBytes > maxSizeInBytes
            ? NativeTextError.TooLong
            : Decode(new ReadOnlySpan<byte>((byte*)address, (int)sizeInBytes), out text);
    }

    /// <summary>Copies text into native memory, as UTF-8 with a zero byte at the end.</summary>
    /// <param name="text">The text, or <see langword="null"/>.</param>
    /// <returns>An address for <see cref="TryFree"/>; 0 for <see langword="null"/>, for text with a zero character or an unpaired surrogate.</returns>
    public static nint Allocate(string? text)
    {
        if (text is null || text.Contains('\0', StringComparison.Ordinal))
            return 0;
        try
        {
            int size = s_strict.GetByteCount(text);
            byte* memory = (byte*)NativeMemory.Alloc((nuint)size + 1);
            s_strict.GetBytes(text, new Span<byte>(memory, size));
            memory[size] = 0;
            s_allocations[(nint)memory] = size + 1;
            return (nint)memory;
        }
        catch (Exception error) when (error is EncoderFallbackException or OutOfMemoryException or OverflowException)
        {
            return 0;
        }
    }

    /// <summary>Wipes and frees memory from <see cref="Allocate"/>.</summary>
    /// <param name="address">The address, or 0, which is fine.</param>
    /// <returns><see langword="false"/> if the address was freed before or never came from here; nothing is touched then.</returns>
    public static bool TryFree(nint address)
    {
        if (address == 0)
            return true;
        if (!s_allocations.TryRemove(address, out int size))
            return false;
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(new Span<byte>((byte*)address, size));
        NativeMemory.Free((void*)address);
        return true;
    }

    private static NativeTextError Decode(ReadOnlySpan<byte> bytes, out string? text)
    {
        try
        {
            text = s_strict.GetString(bytes);
            return NativeTextError.None;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return NativeTextError.InvalidUtf8;
        }
    }
}
