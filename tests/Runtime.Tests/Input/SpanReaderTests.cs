using SecurityToolchain.Runtime.Input;

namespace SecurityToolchain.Runtime.Tests.Input;

public sealed class SpanReaderTests
{
    private static readonly byte[] s_bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Theory]
    [InlineData(-1, ParseError.IntegerOverflow)]
    [InlineData(long.MinValue, ParseError.IntegerOverflow)]
    [InlineData(long.MaxValue, ParseError.IntegerOverflow)]
    [InlineData(long.MaxValue - 4, ParseError.BufferUnderflow)]
    [InlineData(6, ParseError.BufferUnderflow)]
    [InlineData(9, ParseError.BufferUnderflow)]
    [InlineData(5, ParseError.None)]
    [InlineData(0, ParseError.None)]
    public void TrySlice_AnyOffset_StaysInside(long offset, ParseError expected)
    {
        Assert.Equal(expected, SpanReader.TrySlice(s_bytes, offset, 4, out ReadOnlySpan<byte> slice));
        Assert.Equal(expected == ParseError.None ? 4 : 0, slice.Length);
        Assert.Equal(expected == ParseError.None, SpanReader.TryReadUInt32LittleEndian(s_bytes, offset, out _));
        Assert.Equal(ParseError.IntegerOverflow, SpanReader.TrySlice(s_bytes, 0, -1, out _));
    }

    [Fact]
    public void Read_Numbers_HaveTheirByteOrder()
    {
        var reader = new SpanReader(s_bytes);
        Assert.True(reader.TryReadUInt16LittleEndian(out ushort little));
        Assert.Equal(0x0201, little);
        Assert.True(reader.TryReadUInt32BigEndian(out uint big));
        Assert.Equal(0x03040506u, big);
        Assert.False(reader.TryReadUInt64BigEndian(out ulong none));
        Assert.Equal(0u, none);
        Assert.Equal(ParseError.BufferUnderflow, reader.LastError);
        Assert.Equal(6, reader.Position);
        Assert.True(reader.TryReadByte(out byte one));
        Assert.Equal(7, one);
        Assert.True(reader.TryReadUInt16BigEndian(out ushort last));
        Assert.Equal(0x0809, last);
        Assert.Equal(0, reader.Remaining);
        Assert.False(reader.TryReadByte(out _));
        Assert.True(reader.TrySeek(0));
        Assert.True(reader.TryReadUInt64LittleEndian(out ulong all));
        Assert.Equal(0x0807060504030201u, all);
    }

    [Fact]
    public void SeekSkipExpect_Failures_KeepThePosition()
    {
        var reader = new SpanReader(s_bytes);
        Assert.True(reader.TryExpect([1, 2]));
        Assert.False(reader.TryExpect([9]));
        Assert.Equal(ParseError.InvalidFormat, reader.LastError);
        Assert.False(reader.TrySeek(10));
        Assert.False(reader.TrySeek(-1));
        Assert.False(reader.TrySkip(8));
        Assert.Equal(2, reader.Position);
        Assert.True(reader.TrySkip(7));
        Assert.Equal(ParseError.None, reader.LastError);
    }
}
