using SecurityToolchain.Runtime.Cryptography;

namespace SecurityToolchain.Runtime.Tests.Cryptography;

public sealed class ConstantTimeTests
{
    [Fact]
    public void Equals_Bytes_ComparesContentAndLength()
    {
        byte[] value = [1, 2, 3];
        Assert.True(ConstantTime.Equals(value, (byte[])[1, 2, 3]));
        Assert.False(ConstantTime.Equals(value, (byte[])[1, 2, 4]));
        Assert.False(ConstantTime.Equals(value, (byte[])[1, 2]));
        Assert.True(ConstantTime.Equals("abc"u8, "abc"u8));
    }

    [Fact]
    public void Equals_MissingValues_NeverMatch()
    {
        Assert.False(ConstantTime.Equals((byte[]?)null, null));
        Assert.False(ConstantTime.Equals((string?)null, null));
        Assert.False(ConstantTime.TextEquals(null, "a"));
        Assert.False(ConstantTime.Equals(null, (byte[])[1]));
    }

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("abc", "ABC", false)]
    [InlineData("abc", "ab", false)]
    [InlineData("é", "e\u0301", false)]
    public void TextEquals_IsOrdinal(string left, string right, bool expected)
    {
        Assert.Equal(expected, ConstantTime.TextEquals(left, right));
        Assert.Equal(expected, ConstantTime.Equals(left, right));
    }

    [Theory]
    [InlineData("00ff", "00FF", true)]
    [InlineData("00ff", "00fe", false)]
    [InlineData("00ff", "00ff00", false)]
    [InlineData("0g", "0g", false)]
    [InlineData("abc", "abc", false)]
    [InlineData("", "", true)]
    public void HexEquals_ComparesTheBytes(string left, string right, bool expected) => Assert.Equal(expected, ConstantTime.HexEquals(left, right));

    [Theory]
    [InlineData("+/8=", "-_8", true)]
    [InlineData("+/8=", "+/8", true)]
    [InlineData("-_8=", "-_8", true)]
    [InlineData("AAAA", "AAAB", false)]
    [InlineData("AAAA", "AAAA AAAA", false)]
    [InlineData("AAAA\n", "AAAA", false)]
    [InlineData("!!!!", "!!!!", false)]
    [InlineData("+_8=", "+_8=", false)]
    public void Base64Equals_ComparesTheBytes(string left, string right, bool expected) => Assert.Equal(expected, ConstantTime.Base64Equals(left, right));

    [Fact]
    public void HexAndBase64_LongValues_Compare()
    {
        byte[] bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(10_000);
        byte[] other = [.. bytes];
        other[^1] ^= 1;
        Assert.True(ConstantTime.HexEquals(Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes)));
        Assert.False(ConstantTime.HexEquals(Convert.ToHexString(bytes), Convert.ToHexString(other)));
        Assert.True(ConstantTime.Base64Equals(Convert.ToBase64String(bytes), System.Buffers.Text.Base64Url.EncodeToString(bytes)));
        Assert.False(ConstantTime.Base64Equals(Convert.ToBase64String(bytes), Convert.ToBase64String(other)));
    }
}
