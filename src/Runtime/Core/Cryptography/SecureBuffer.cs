using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Runtime.Interop;

namespace SecurityToolchain.Runtime.Cryptography;

/// <summary>
/// Memory for a secret: it does not move, it is locked into RAM and kept out of core dumps where the operating system allows,
/// and it is wiped by <see cref="Dispose"/> or, if that is forgotten, by the finalizer.
/// </summary>
/// <remarks>
/// The bytes live in pages of their own, so that unlocking one buffer never unlocks another. They are managed memory: a span that
/// outlives the buffer reads zeros, never freed memory. Reading and disposing at the same time is the caller's to avoid; disposing
/// itself is thread safe.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SecureBuffer : IDisposable
{
    /// <summary>Largest size by default: 64 KiB. Locked memory is scarce; secrets are small.</summary>
    public const int DefaultMaxSizeInBytes = 64 * 1024;

    private readonly byte[] _pages;
    private readonly int _offset;
    private readonly int _lockedLength;
    private int _disposed;

    /// <summary>Allocates a buffer of zeros.</summary>
    /// <param name="sizeInBytes">1 to <paramref name="maxSizeInBytes"/>.</param>
    /// <param name="maxSizeInBytes">Largest size to accept; 65,536 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public SecureBuffer(int sizeInBytes, int maxSizeInBytes = DefaultMaxSizeInBytes)
    {
        if (sizeInBytes < 1 || sizeInBytes > maxSizeInBytes)
            throw Error.OutOfRange(nameof(sizeInBytes), "The size of a secure buffer in bytes", 1, maxSizeInBytes, sizeInBytes);
        Length = sizeInBytes;
        int page = Environment.SystemPageSize;
        _lockedLength = checked((sizeInBytes + page - 1) / page * page);
        _pages = GC.AllocateArray<byte>(checked(_lockedLength + page), pinned: true);
        unsafe
        {
            byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pages));
            _offset = (int)(((nuint)page - ((nuint)start % (nuint)page)) % (nuint)page);
            IsLocked = LockedPages.TryLock(start + _offset, _lockedLength);
        }
    }

    /// <summary>Allocates a buffer and copies a secret into it. Wipe the original when it is no longer needed.</summary>
    /// <param name="secret">1 to <paramref name="maxSizeInBytes"/> bytes.</param>
    /// <param name="maxSizeInBytes">Largest size to accept; 65,536 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public SecureBuffer(ReadOnlySpan<byte> secret, int maxSizeInBytes = DefaultMaxSizeInBytes)
        : this(secret.Length, maxSizeInBytes) => secret.CopyTo(Span);

    /// <summary>Wipes what <see cref="Dispose"/> did not.</summary>
    ~SecureBuffer() => Wipe();

    /// <summary>Size, in bytes.</summary>
    public int Length { get; }

    /// <summary>Whether the operating system keeps the bytes out of swap. It may refuse (RLIMIT_MEMLOCK, working set); the buffer works all the same.</summary>
    public bool IsLocked { get; }

    /// <summary>Whether the buffer is wiped and unusable.</summary>
    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>The bytes. Keep the buffer alive while the span is in use.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _pages.AsSpan(_offset, Length);
        }
    }

    /// <summary>The pages behind the buffer, for tests that look at what is left in memory.</summary>
    internal ReadOnlySpan<byte> RawPages => _pages;

    /// <summary>Encodes text as UTF-8 straight into a buffer, with no copy in between.</summary>
    /// <param name="secret">At least one character; no unpaired surrogate.</param>
    /// <param name="maxSizeInBytes">Largest size in bytes to accept.</param>
    /// <exception cref="ArgumentOutOfRangeException">The encoded size is out of range.</exception>
    /// <exception cref="ArgumentException">The text is not valid UTF-16.</exception>
    public static SecureBuffer FromUtf8(ReadOnlySpan<char> secret, int maxSizeInBytes = DefaultMaxSizeInBytes)
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        try
        {
            var buffer = new SecureBuffer(strict.GetByteCount(secret), maxSizeInBytes);
            strict.GetBytes(secret, buffer.Span);
            return buffer;
        }
        catch (EncoderFallbackException)
        {
            // The framework's exception names the character at fault, which is a part of the secret.
            throw Error.Invalid(nameof(secret), "The text has an unpaired surrogate.");
        }
    }

    /// <summary>Fills a new buffer from the operating system's random number generator.</summary>
    /// <param name="sizeInBytes">1 to 65,536.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static SecureBuffer Random(int sizeInBytes)
    {
        var buffer = new SecureBuffer(sizeInBytes);
        RandomNumberGenerator.Fill(buffer.Span);
        return buffer;
    }

    /// <summary>Runs an action on the bytes; the buffer cannot be finalized meanwhile.</summary>
    /// <typeparam name="TState">Type of what the action needs.</typeparam>
    /// <param name="state">Handed to the action, so that it needs no closure.</param>
    /// <param name="action">Reads the bytes and does not keep them.</param>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public void Use<TState>(TState state, ReadOnlySpanAction<byte, TState> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        action(Span, state);
        GC.KeepAlive(this);
    }

    /// <summary>Compares in time that depends on the lengths only.</summary>
    /// <param name="other">Any length; a different length is a difference.</param>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public bool FixedTimeEquals(ReadOnlySpan<byte> other)
    {
        bool equal = CryptographicOperations.FixedTimeEquals(Span, other);
        GC.KeepAlive(this);
        return equal;
    }

    /// <summary>Overwrites the bytes with zeros; the buffer stays usable.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public void Clear()
    {
        CryptographicOperations.ZeroMemory(Span);
        GC.KeepAlive(this);
    }

    /// <summary>Wipes the bytes and unlocks the memory. Further calls do nothing.</summary>
    public void Dispose()
    {
        Wipe();
        GC.SuppressFinalize(this);
    }

    /// <summary>Says the size and the state, never the content.</summary>
    public override string ToString() =>
        Error.Invariant($"SecureBuffer({Length} bytes{(IsDisposed ? ", disposed" : IsLocked ? ", locked" : string.Empty)})");

    private unsafe void Wipe()
    {
        // A constructor that throws leaves no pages for the finalizer.
        if (_pages is null || Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        CryptographicOperations.ZeroMemory(_pages);
        byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pages));
        LockedPages.Unlock(start + _offset, _lockedLength, IsLocked);
    }
}
