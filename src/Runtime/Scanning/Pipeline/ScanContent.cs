using Microsoft.Win32.SafeHandles;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>The bytes of one file: whole in memory up to <see cref="ScanLimits.MaxInMemorySize"/>, else by position through the one open handle.</summary>
public sealed class ScanContent
{
    private readonly ReadOnlyMemory<byte> _whole;
    private readonly SafeFileHandle? _handle;

    /// <summary>Creates content that is whole in memory.</summary>
    /// <param name="whole">The bytes.</param>
    public ScanContent(ReadOnlyMemory<byte> whole)
    {
        _whole = whole;
        Length = whole.Length;
        IsWhole = true;
    }

    /// <summary>Creates content of which the head is in memory.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="length">The length of the whole content.</param>
    /// <param name="handle">The open file, or null for a member of an archive that was inflated and dropped.</param>
    internal ScanContent(ReadOnlyMemory<byte> head, long length, SafeFileHandle? handle)
    {
        _whole = head;
        _handle = handle;
        Length = length;
    }

    /// <summary>The length in bytes.</summary>
    public long Length { get; }

    /// <summary>Whether <see cref="Bytes"/> is the whole content.</summary>
    public bool IsWhole { get; }

    /// <summary>The whole content, or its head when the file is too large to be held.</summary>
    public ReadOnlySpan<byte> Bytes => _whole.Span;

    /// <summary>The whole content, or its head when the file is too large to be held.</summary>
    public ReadOnlyMemory<byte> Memory => _whole;

    /// <summary>Opens a seekable view of the whole content, or null when only the head was kept.</summary>
    public Stream? OpenStream()
    {
        if (IsWhole)
            return new MemoryViewStream(_whole);
        return _handle is null ? null : new HandleViewStream(_handle, Length);
    }
}
