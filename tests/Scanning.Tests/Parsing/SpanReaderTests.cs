using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Scanning.Tests.Parsing;

public sealed class SpanReaderTests
{
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(7, false)]
    [InlineData(8, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MinValue, false)]
    public void TryReadUInt32_Offset_IsChecked(long offset, bool expected)
    {
        var reader = new SpanReader([1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Equal(expected, reader.TryReadUInt32(offset, out uint value));
        Assert.Equal(expected, value != 0);
        Assert.False(reader.TrySlice(4, long.MaxValue, out _));
        Assert.False(reader.TrySlice(offset, -1, out _));
    }

    [Fact]
    public void Endianness_BothOrders_AreRead()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(0x0201, new SpanReader(bytes).UInt16(0));
        Assert.Equal(0x0102, new SpanReader(bytes, bigEndian: true).UInt16(0));
        Assert.Equal(0x0102030405060708UL, new SpanReader(bytes, bigEndian: true).UInt64(0));
    }

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("a\u202egpj.exe", "a\\u202egpj.exe")]
    [InlineData("nul\0", "nul\\u0000")]
    [InlineData("smile 😀 ü", "smile 😀 ü")]
    [InlineData("line\u2028end", "line\\u2028end")]
    public void Escape_HostileText_IsSafeToPrint(string text, string expected) => Assert.Equal(expected, PrintableText.Escape(text));

    [Fact]
    public void Escape_LoneSurrogate_IsVisible() => Assert.Equal("lone\\ud800", PrintableText.Escape("lone\ud800"));
}
