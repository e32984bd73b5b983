using System.Xml.XPath;
using SecurityToolchain.Runtime.Input;
using SecurityToolchain.Runtime.Output;

namespace SecurityToolchain.Runtime.Tests.Output;

public sealed class OutputEncoderTests
{
    [Theory]
    [InlineData("<script>alert('x')</script>", "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;")]
    [InlineData("a & \"b\"", "a &amp; &quot;b&quot;")]
    [InlineData(null, "")]
    public void ForHtml_TagsAndQuotes_AreEntities(string? text, string expected) => Assert.Equal(expected, OutputEncoder.ForHtml(text));

    [Fact]
    public void ForJavaScriptString_QuotesAndTags_AreEscapes()
    {
        string encoded = OutputEncoder.ForJavaScriptString("';alert(1)//</script>\"\u2028\n");
        Assert.False(encoded.AsSpan().ContainsAny("'<>\"\n\u2028"));
    }

    [Theory]
    [InlineData("a b&c=d/e?f#g%é", "a%20b%26c%3Dd%2Fe%3Ff%23g%25%C3%A9")]
    [InlineData("..", "..")]
    public void ForUrlComponent_Delimiters_ArePercentEncoded(string text, string expected) => Assert.Equal(expected, OutputEncoder.ForUrlComponent(text));

    [Theory]
    [InlineData("user\r\nadmin logged in", @"user\u000D\u000Aadmin logged in")]
    [InlineData("\u001B[31mred", @"\u001B[31mred")]
    [InlineData("a\u202Eb\u2066c", @"a\u202Eb\u2066c")]
    [InlineData("\0\u0085\u2028", @"\u0000\u0085\u2028")]
    [InlineData(@"C:\temp\n", @"C:\\temp\\n")]
    [InlineData("grün 🙂 日本", "grün 🙂 日本")]
    [InlineData("\uFEFF\u200B", @"\uFEFF\u200B")]
    [InlineData("tag \U000E0041", @"tag \U000E0041")]
    [InlineData(null, "")]
    public void ForLog_WhatAReaderCannotSee_IsWrittenOut(string? text, string expected) => Assert.Equal(expected, OutputEncoder.ForLog(text));

    [Fact]
    public void ForLog_UnpairedSurrogates_AreWrittenOut() => Assert.Equal(@"a \uD800 b \uDC00\uD83D", OutputEncoder.ForLog("a \uD800 b \uDC00\uD83D"));

    [Fact]
    public void ForLog_LongText_IsCut() => Assert.Equal("aaa… (7 more characters)", OutputEncoder.ForLog(new string('a', 10), 3));

    [Theory]
    [InlineData("*)(uid=*", @"\2a\29\28uid\3d\2a")]
    [InlineData("a\0b", @"a\00b")]
    [InlineData("Müller", @"M\c3\bcller")]
    [InlineData(@"a\b", @"a\5cb")]
    public void ForLdapFilter_Grammar_IsEscaped(string text, string expected) => Assert.Equal(expected, OutputEncoder.ForLdapFilter(text));

    [Theory]
    [InlineData("Smith, John+x", @"Smith\, John\+x")]
    [InlineData(" #a ", @"\ #a\ ")]
    [InlineData("#a", @"\#a")]
    [InlineData("a=b;<c>\"d\\", "a\\=b\\;\\<c\\>\\\"d\\\\")]
    [InlineData("a\0\n", @"a\00\0a")]
    public void ForLdapDistinguishedName_Grammar_IsEscaped(string text, string expected) =>
        Assert.Equal(expected, OutputEncoder.ForLdapDistinguishedName(text));

    [Theory]
    [InlineData("plain")]
    [InlineData("O'Brien")]
    [InlineData("say \"hi\"")]
    [InlineData("both ' and \"")]
    [InlineData("' or '1'='1")]
    [InlineData("''\"\"''")]
    [InlineData("")]
    public void ForXPathLiteral_AnyText_IsThatTextToTheEngine(string text)
    {
        XPathNavigator navigator = SafeXml.Parse("<r/>").CreateNavigator();
        Assert.Equal(text, navigator.Evaluate($"string({OutputEncoder.ForXPathLiteral(text)})"));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"")]
    [InlineData("-1+1", "\"'-1+1\"")]
    [InlineData("  @SUM(A1)", "\"'  @SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("a \"b\",c", "\"a \"\"b\"\",c\"")]
    [InlineData("plain", "\"plain\"")]
    [InlineData(null, "\"\"")]
    public void ForCsvField_Formulas_AreText(string? text, string expected) => Assert.Equal(expected, OutputEncoder.ForCsvField(text));
}
