using System.Text;
using System.Xml;
using SecurityToolchain.Runtime.Input;

namespace SecurityToolchain.Runtime.Tests.Input;

public sealed class SafeXmlTests
{
    [Theory]
    [InlineData("""<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>""")]
    [InlineData("""<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>""")]
    [InlineData("""<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>""")]
    [InlineData("<r>")]
    [InlineData("")]
    public void Parse_HostileDocument_IsRefused(string xml)
    {
        Assert.Throws<XmlException>(() => SafeXml.Parse(xml));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        Assert.Throws<XmlException>(() => SafeXml.LoadXmlDocument(stream));
    }

    [Fact]
    public void Parse_OrdinaryDocument_IsComplete()
    {
        const string Xml = """<?xml version="1.0"?><n:r xmlns:n="urn:x" a="1"><!-- c --><b/>text<![CDATA[<]]>&amp;</n:r>""";
        Assert.Equal("text<&", SafeXml.Parse(Xml).Root!.Value);
        Assert.Equal("1", SafeXml.Parse(Xml).Root!.Attribute("a")!.Value);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Xml));
        Assert.Equal("urn:x", SafeXml.LoadXmlDocument(stream).DocumentElement!.NamespaceURI);
        stream.Position = 0;
        Assert.Equal("r", SafeXml.Load(stream).Root!.Name.LocalName);
    }

    [Fact]
    public void Parse_DepthAndLength_AreBounded()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        Assert.NotNull(SafeXml.Parse(Nested(64)));
        Assert.Contains("64", Assert.Throws<XmlException>(() => SafeXml.Parse(Nested(65))).Message, StringComparison.Ordinal);
        Assert.Throws<XmlException>(() => SafeXml.Parse(Nested(100_000)));
        Assert.Throws<XmlException>(() => SafeXml.Parse("<a>" + new string('x', 1000) + "</a>", new SafeXmlOptions { MaxCharacters = 500 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SafeXml.Parse("<a/>", new SafeXmlOptions { MaxDepth = 0 }));
    }
}
