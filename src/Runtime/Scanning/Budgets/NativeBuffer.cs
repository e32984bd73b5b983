using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SecurityToolchain.Scanning.Budgets;

/// <summary>
/// A large buffer outside the collected heap. It has the length that was asked for instead of the next power of two, and its pages go back
/// to the system when it is disposed instead of with some later collection, so a scan never holds more than the files that it works on.
/// </summary>
/// <remarks>
/// It has no finalizer, because spans keep nothing alive; the owner disposes it after the last use of its memory, and
/// <see cref="MemoryBudget"/> sees that it is freed once.
/// </remarks>
internal sealed unsafe partial class NativeBuffer : MemoryManager<byte>
{
    private const int ReadWrite = 3, PrivateOnLinux = 0x22, PrivateOnMac = 0x1002;

    private readonly int _length;
    private byte* _start;

    /// <summary>Allocates a buffer; its content is not defined.</summary>
    /// <exception cref="InsufficientMemoryException">The system has no more memory.</exception>
    public NativeBuffer(int length)
    {
        _start = Allocate(length);
        _length = length;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        return new Span<byte>(_start, _length);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _length);
        ObjectDisposedException.ThrowIf(_start is null, this);
        return new MemoryHandle(_start + elementIndex, pinnable: this);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_start is null)
            return;
        if (OperatingSystem.IsWindows())
            NativeMemory.Free(_start);
        else
            _ = Unmap(_start, (nuint)_length);
        _start = null;
    }

    // The C library keeps blocks of many megabytes in an arena of each thread; pages of their own really go back.
    private static byte* Allocate(int length)
    {
        if (OperatingSystem.IsWindows())
            return (byte*)NativeMemory.Alloc((nuint)length);
        byte* start = Map(null, (nuint)length, ReadWrite, OperatingSystem.IsLinux() ? PrivateOnLinux : PrivateOnMac, -1, 0);
        return (nint)start != -1 ? start : throw new InsufficientMemoryException($"{length} bytes: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int descriptor, long offset);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
