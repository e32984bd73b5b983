using System.Runtime.InteropServices;
using SecurityToolchain.Runtime.Interop.Native;

namespace SecurityToolchain.Runtime.Tests.Interop;

public sealed unsafe class NativeInteropTests
{
    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("grün 日本 🙂")]
    public void Text_RoundTrip_IsTheSame(string text)
    {
        nint address = NativeText.Allocate(text);
        Assert.NotEqual(0, address);
        Assert.Equal(NativeTextError.None, NativeText.TryRead(address, out string? read));
        Assert.Equal(text, read);
        Assert.True(NativeText.TryFree(address));
    }

    [Fact]
    public void Text_BadInput_IsACodeAndNoException()
    {
        Assert.Equal(NativeTextError.NullPointer, NativeText.TryRead(0, out string? none));
        Assert.Null(none);
        byte[] invalid = [0x61, 0xC0, 0x80, 0];
        fixed (byte* bytes = invalid)
        {
            Assert.Equal(NativeTextError.InvalidUtf8, NativeText.TryRead((nint)bytes, out _));
            Assert.Equal(NativeTextError.TooLong, NativeText.TryRead((nint)bytes, out _, maxSizeInBytes: 2));
            Assert.Equal(NativeTextError.TooLong, NativeText.TryReadCounted((nint)bytes, -1, out _));
            Assert.Equal(NativeTextError.TooLong, NativeText.TryReadCounted((nint)bytes, long.MaxValue, out _));
            Assert.Equal(NativeTextError.NullPointer, NativeText.TryReadCounted(0, 5, out _));
        }

        fixed (byte* bytes = "a\0b"u8)
        {
            Assert.Equal(NativeTextError.None, NativeText.TryReadCounted((nint)bytes, 3, out string? counted));
            Assert.Equal("a\0b", counted);
            Assert.Equal(NativeTextError.None, NativeText.TryRead((nint)bytes, out string? cut));
            Assert.Equal("a", cut);
        }
    }

    [Fact]
    public void Text_OfSixteenMebibytes_IsTheLimit()
    {
        byte* memory = (byte*)NativeMemory.Alloc(NativeText.DefaultMaxSizeInBytes + 2);
        try
        {
            new Span<byte>(memory, NativeText.DefaultMaxSizeInBytes + 1).Fill((byte)'a');
            memory[NativeText.DefaultMaxSizeInBytes] = 0;
            Assert.Equal(NativeTextError.None, NativeText.TryRead((nint)memory, out string? text));
            Assert.Equal(NativeText.DefaultMaxSizeInBytes, text!.Length);
            memory[NativeText.DefaultMaxSizeInBytes] = (byte)'a';
            memory[NativeText.DefaultMaxSizeInBytes + 1] = 0;
            Assert.Equal(NativeTextError.TooLong, NativeText.TryRead((nint)memory, out _));
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    [Fact]
    public void Free_TwiceOrForeign_TouchesNothing()
    {
        nint address = NativeText.Allocate("x");
        Assert.True(NativeText.TryFree(address));
        Assert.False(NativeText.TryFree(address));
        Assert.True(NativeText.TryFree(0));
        byte local = 7;
        Assert.False(NativeText.TryFree((nint)(&local)));
        Assert.Equal(7, local);
        Assert.Equal(0, NativeText.Allocate(null));
        Assert.Equal(0, NativeText.Allocate("a\0b"));
        Assert.Equal(0, NativeText.Allocate("\uD800"));
    }

    [Fact]
    public void Registry_IsBoundedAndNeverReusesANumber()
    {
        var registry = new HandleRegistry<string>(capacity: 2);
        Assert.True(registry.TryAdd("a", out long a));
        Assert.True(registry.TryAdd("b", out long b));
        Assert.False(registry.TryAdd("c", out long none));
        Assert.Equal(0, none);
        Assert.True(registry.TryRemove(a, out string? removed));
        Assert.Equal("a", removed);
        Assert.False(registry.TryRemove(a, out _));
        Assert.True(registry.TryAdd("c", out long c));
        Assert.True(c != a && c != b);
        Assert.False(registry.TryGet(a, out _));
        Assert.False(registry.TryGet(-1, out _));
        Assert.False(registry.TryGet(long.MaxValue, out _));
        Assert.True(registry.TryGet(c, out string? found));
        Assert.Equal("c", found);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HandleRegistry<string>(0));
    }

    [Fact]
    public void Registry_HundredThreads_StaysConsistent()
    {
        var registry = new HandleRegistry<object>(capacity: 150);
        var threads = Enumerable.Range(0, 100).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                object mine = new();
                if (!registry.TryAdd(mine, out long handle))
                    continue;
                if (!registry.TryGet(handle, out object? found) || found != mine || !registry.TryRemove(handle, out object? removed) || removed != mine)
                    throw new InvalidOperationException("another thread's object");
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.Equal(0, registry.Count);
    }

    [Theory]
    [InlineData("example.com", 443, true)]
    [InlineData("a-b.c1", 1, true)]
    [InlineData("127.0.0.1", 65535, true)]
    [InlineData("::1", 80, true)]
    [InlineData("example.com", 0, false)]
    [InlineData("example.com", 65536, false)]
    [InlineData("example.com", -1, false)]
    [InlineData("", 80, false)]
    [InlineData(null, 80, false)]
    [InlineData("-a.com", 80, false)]
    [InlineData("a-.com", 80, false)]
    [InlineData("a..com", 80, false)]
    [InlineData("a_b.com", 80, false)]
    [InlineData("127.1", 80, false)]
    [InlineData("0x7f.1", 80, false)]
    [InlineData("1.2.3.0x4", 80, false)]
    [InlineData("010.0.0.1", 80, false)]
    [InlineData("256.0.0.1", 80, false)]
    [InlineData("a b", 80, false)]
    [InlineData("a/b", 80, false)]
    [InlineData("user@host", 80, false)]
    [InlineData("fe80::1%eth0", 80, false)]
    [InlineData("bücher.example", 80, false)]
    public void Target_HostAndPort_AreChecked(string? host, int port, bool expected) =>
        Assert.Equal(expected, ConnectionTarget.TryCreate(host, port, out _));

    [Fact]
    public void Processor_SizesAndValidators_ComeBeforeTheWork()
    {
        var processor = new SecureProcessor(10, static data => data.Span[0] == 0 ? "zero" : null);
        Assert.Equal([0], processor.Process(new byte[] { 255 }, static data => new[] { unchecked((byte)(data.Span[0] + 1)) }));
        Assert.Null(processor.Validate(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }));
        Assert.Contains("10", processor.Validate(new byte[11])!, StringComparison.Ordinal);
        Assert.Equal("Empty data not allowed", processor.Validate(default));
        Assert.Equal("zero", processor.Validate(new byte[1]));
        bool started = false;
        Assert.Throws<ArgumentException>(() => processor.Process(default, _ => started = true));
        Assert.False(started);
        Assert.Equal(1 << 20, new SecureProcessor().MaxSizeInBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SecureProcessor(0));
    }
}
