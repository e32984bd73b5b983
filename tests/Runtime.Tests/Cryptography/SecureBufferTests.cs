using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class SecureBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(4096)]
    [InlineData(65_536)]
    public void Constructor_AllowedSize_GivesZeros(int size)
    {
        using var buffer = new SecureBuffer(size);
        Assert.Equal(size, buffer.Length);
        Assert.Equal(size, buffer.Span.Length);
        Assert.Equal(-1, buffer.Span.IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65_537)]
    [InlineData(int.MaxValue)]
    public void Constructor_SizeOutOfRange_Throws(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecureBuffer(size));

    [Fact]
    public void Constructor_OwnMaximum_IsTheLimit()
    {
        using var buffer = new SecureBuffer(100_000, maxSizeInBytes: 100_000);
        Assert.Equal(100_000, buffer.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecureBuffer(100_001, maxSizeInBytes: 100_000));
    }

    [Fact]
    public void Dispose_Twice_LeavesZerosInTheMemory()
    {
        var buffer = new SecureBuffer("top secret"u8);
        Span<byte> span = buffer.Span;
        ReadOnlySpan<byte> pages = buffer.RawPages;
        Assert.True(pages.IndexOf("top secret"u8) >= 0);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Equal(-1, span.IndexOfAnyExcept((byte)0));
        Assert.Equal(-1, pages.IndexOfAnyExcept((byte)0));
        Assert.True(buffer.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
    }

    [Fact]
    public void Finalizer_ForgottenBuffer_LeavesZerosInTheMemory()
    {
        ReadOnlySpan<byte> memory = Forget(out WeakReference buffer);
        for (int i = 0; i < 10 && buffer.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(buffer.IsAlive);
        Assert.Equal(-1, memory.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public unsafe void Memory_AfterCollections_HasNotMoved()
    {
        using var buffer = new SecureBuffer("fixed"u8);
        nint before = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer.Span));
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        Assert.Equal(before, (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer.Span)));
        Assert.Equal(0, before % Environment.SystemPageSize);
    }

    [Fact]
    public void Memory_OnLinuxWithinTheLimit_IsLocked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        using var buffer = new SecureBuffer(4096);
        Assert.SkipUnless(buffer.IsLocked, "the operating system refused to lock memory (RLIMIT_MEMLOCK)");
        Assert.True(LockedKilobytes() >= 4);
    }

    [Fact]
    public void Dispose_OneOfTwo_KeepsTheOtherLocked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        using var kept = new SecureBuffer(16);
        Assert.SkipUnless(kept.IsLocked, "the operating system refused to lock memory (RLIMIT_MEMLOCK)");
        for (int i = 0; i < 50; i++)
            new SecureBuffer(16).Dispose();
        Assert.True(LockedKilobytes() >= 4);
    }

    [Fact]
    public void ToString_AnyState_HoldsNoContent()
    {
        var buffer = SecureBuffer.FromUtf8("hunter2");
        Assert.DoesNotContain("hunter2", buffer.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("SecureBuffer(7 bytes", buffer.ToString(), StringComparison.Ordinal);
        buffer.Dispose();
        Assert.Equal("SecureBuffer(7 bytes, disposed)", buffer.ToString());
    }

    [Fact]
    public void FromUtf8_UnpairedSurrogate_IsRefusedWithoutQuotingIt()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SecureBuffer.FromUtf8("pass\uD800word"));
        Assert.DoesNotContain("D800", error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(error.InnerException);
        using var euro = SecureBuffer.FromUtf8("€");
        Assert.Equal([0xE2, 0x82, 0xAC], euro.Span.ToArray());
    }

    [Fact]
    public void FixedTimeEquals_ComparesContentAndLength()
    {
        using var buffer = new SecureBuffer([1, 2, 3]);
        Assert.True(buffer.FixedTimeEquals([1, 2, 3]));
        Assert.False(buffer.FixedTimeEquals([1, 2, 4]));
        Assert.False(buffer.FixedTimeEquals([1, 2]));
        buffer.Clear();
        Assert.True(buffer.FixedTimeEquals([0, 0, 0]));
    }

    [Fact]
    public void Use_WhenTheActionThrows_LeavesTheBufferUsable()
    {
        using SecureBuffer buffer = SecureBuffer.Random(32);
        Assert.Throws<InvalidOperationException>(() => buffer.Use(0, static (_, _) => throw new InvalidOperationException()));
        int seen = 0;
        buffer.Use(0, (bytes, _) => seen = bytes.Length);
        Assert.Equal(32, seen);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> Forget(out WeakReference reference)
    {
        var buffer = new SecureBuffer("forgotten"u8);
        reference = new WeakReference(buffer, trackResurrection: true);
        return buffer.RawPages;
    }

    private static int LockedKilobytes()
    {
        string line = File.ReadLines("/proc/self/status").First(static text => text.StartsWith("VmLck:", StringComparison.Ordinal));
        return int.Parse(line.AsSpan(6, line.Length - 8).Trim(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
