using SecurityToolchain.Analyzers.Tests.Taint;
using SecurityToolchain.Analyzers.Rules.Injection;
using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

/// <summary>XML parsers and style sheets, their settings and defaults.</summary>
public sealed class STC1010_XmlExternalEntitiesTests
{
    [Fact]
    public Task VulnerableAndSafeTwins_AreToldApart() => LineVerifier.VerifyRuleAsync<TaintAnalyzer>("STC1010", """
        class X {
          void A(Stream s) { var set = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = new XmlUrlResolver() }; using var r = XmlReader.Create(s, set); } // finds STC1010
          void B(Stream s) { var set = new XmlReaderSettings(); set.DtdProcessing = DtdProcessing.Parse; // finds STC1010
            set.XmlResolver = new XmlUrlResolver(); using var r = XmlReader.Create(s, set); }
          void C(Stream s) { var d = new XmlDocument { XmlResolver = new XmlUrlResolver() }; d.Load(s); } // finds STC1010
          void D(Stream s) { var d = new XmlDocument(); d.XmlResolver = new XmlUrlResolver(); d.Load(s); } // finds STC1010
          void E(Stream s) { var r = new XmlTextReader(s); r.XmlResolver = new XmlUrlResolver(); r.Read(); } // finds STC1010
          void F(Stream s) { var r = new XmlTextReader(s); r.DtdProcessing = DtdProcessing.Parse; r.Read(); } // finds STC1010
          void G(Stream s) { var set = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse }; using var r = XmlReader.Create(s, set); } // finds STC1010
          void H() { var t = new System.Xml.Xsl.XslCompiledTransform(); t.Load("x.xsl", System.Xml.Xsl.XsltSettings.TrustedXslt, new XmlUrlResolver()); } // finds STC1010
          void I() { var t = new System.Xml.Xsl.XslCompiledTransform(); var s = new System.Xml.Xsl.XsltSettings(true, true); t.Load("x.xsl", s, new XmlUrlResolver()); } // finds STC1010
          void J() { var s = new System.Xml.Xsl.XsltSettings { EnableDocumentFunction = true }; } // finds STC1010
          void K(string x) { var d = Make(); d.LoadXml(x); } XmlDocument Make() => new XmlDocument { XmlResolver = Res() }; // finds STC1010
          XmlResolver Res() => new XmlUrlResolver();
          readonly DtdProcessing _p = DtdProcessing.Parse; void L() { var set = new XmlReaderSettings { DtdProcessing = _p }; } // finds STC1010
          void M() { N(DtdProcessing.Parse); } void N(DtdProcessing p) { var set = new XmlReaderSettings { DtdProcessing = p }; } // finds STC1010
          void O() { AppContext.SetSwitch("Switch.System.Xml.AllowDefaultResolver", true); } // finds STC1010
          void P(bool b) { var set = new XmlReaderSettings(); if (b) set.DtdProcessing = DtdProcessing.Parse; } // finds STC1010
          void Q() { var set = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, 
             MaxCharactersFromEntities = 0 }; } // finds STC1010
          void R(bool b) { var set = new XmlReaderSettings(); set.DtdProcessing = b ? DtdProcessing.Parse : DtdProcessing.Prohibit; } // finds STC1010
          class MyRes : XmlUrlResolver { } void S() { new XmlDocument().XmlResolver = new MyRes(); } // finds STC1010
          void T() { var s = new System.Xml.Schema.XmlSchemaSet(); s.XmlResolver = new XmlUrlResolver(); } // finds STC1010
          XmlReaderSettings _s = new() { DtdProcessing = DtdProcessing.Parse }; // finds STC1010
        }
        class Ok {
          void A(Stream s) { var set = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }; using var r = XmlReader.Create(s, set); }
          void B(Stream s) { var set = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null }; using var r = XmlReader.Create(s, set); }
          void C(Stream s) { var d = new XmlDocument(); d.Load(s); } void D(Stream s) { var d = new XmlDocument { XmlResolver = null }; d.Load(s); }
          void E(Stream s) { var r = new XmlTextReader(s); r.Read(); } void F(Stream s) { var r = new XmlTextReader(s) { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = new XmlUrlResolver() }; r.Read(); }
          void G(Stream s) { var set = new XmlReaderSettings { XmlResolver = new XmlUrlResolver() }; using var r = XmlReader.Create(s, set); }
          void H() { var t = new System.Xml.Xsl.XslCompiledTransform(); t.Load("x.xsl", System.Xml.Xsl.XsltSettings.Default, new XmlUrlResolver()); t.Load("x"); new System.Xml.Xsl.XsltSettings(false, false); }
          void I() { if (false) { var set = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse }; } }
          void J() { var set = new XmlReaderSettings(); set.DtdProcessing = DtdProcessing.Parse; set.DtdProcessing = DtdProcessing.Prohibit; }
          void K() { var d = new XmlDocument(); d.XmlResolver = new XmlUrlResolver(); d.XmlResolver = null; }
          void L() { System.Xml.Linq.XDocument.Load("x"); new System.Data.DataSet().ReadXml("x"); new System.Xml.XPath.XPathDocument("x"); }
          class Res : XmlUrlResolver { public override object GetEntity(Uri a, string r, Type t) => throw new XmlException(); } void M() { new XmlDocument().XmlResolver = new Res(); }
          enum DtdP { Parse } class Fake { public DtdP DtdProcessing { get; set; } } void N() { new Fake().DtdProcessing = DtdP.Parse; AppContext.SetSwitch("x", true); new XmlDocument().XmlResolver = XmlResolver.ThrowingResolver; }
          void O() { var set = new XmlReaderSettings { MaxCharactersFromEntities = 0 }; }
          void P(bool b) { var p = DtdProcessing.Parse; p = DtdProcessing.Ignore; var set = new XmlReaderSettings { DtdProcessing = p }; }
        }
        """);

    [Fact]
    public Task DefaultsOfOldFrameworks_AreReported() => Verifier.VerifyAsync<XmlDefaultsAnalyzer>("""
        using System.Xml;
        using System.Xml.XPath;
        class C
        {
            void A() { var d = [|new XmlDocument()|]; d.Load("x"); var r = [|new XmlTextReader("x")|]; var p = [|new XPathDocument("x")|]; }
            void B() { var d = new XmlDocument { XmlResolver = null }; var e = new XmlDocument(); e.XmlResolver = null; var r = new XmlTextReader("x") { DtdProcessing = DtdProcessing.Prohibit }; var p = new XPathDocument(r); }
        }
        """, Framework("net40"));

    [Theory]
    [InlineData("net48")]
    [InlineData("net10.0")]
    [InlineData("netstandard2.0")]
    public Task DefaultsOfNewFrameworks_AreSafe(string framework) =>
        Verifier.VerifyAsync<XmlDefaultsAnalyzer>("""class C { void A() { var d = new System.Xml.XmlDocument(); d.Load("x"); } }""", Framework(framework));

    [Fact]
    public Task DefaultsOfOldFrameworks_AreClosedByTheFix() => CodeFixVerifier.VerifyAsync<XmlDefaultsAnalyzer, XmlExternalEntitiesCodeFix>(
        "class C { void A() { var d = [|new System.Xml.XmlDocument()|]; d.Load(\"x\"); } }",
        "class C { void A() { var d = new System.Xml.XmlDocument() { XmlResolver = null }; d.Load(\"x\"); } }",
        Framework("net45"));

    private static VerifierOptions Framework(string moniker) =>
        VerifierOptions.Default with { AnalyzerConfig = new Dictionary<string, string> { ["build_property.TargetFramework"] = moniker } };
}
