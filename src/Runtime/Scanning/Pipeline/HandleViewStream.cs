using Microsoft.Win32.SafeHandles;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>A read-only stream over an open handle that it does not own. The length is fixed at the time the file was opened.</summary>
internal sealed class HandleViewStream(SafeFileHandle handle, long length) : ViewStream(length)
{
    protected override int ReadAt(long position, Span<byte> buffer) =>
        RandomAccess.Read(handle, buffer[..(int)Math.Min(buffer.Length, Length - position)], position);
}
