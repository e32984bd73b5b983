using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1010_XmlExternalEntitiesCodeFixTests
{
    [Fact]
    public Task Settings_AreClosed() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, XmlExternalEntitiesCodeFix>(
        "STC1010",
        """
        public void A() { var settings = new XmlReaderSettings { DtdProcessing = [|DtdProcessing.Parse|] }; }
        public void B() { var document = new XmlDocument(); document.XmlResolver = [|new XmlUrlResolver()|]; }
        public void C() { new XslCompiledTransform().Load("x.xsl", [|XsltSettings.TrustedXslt|], null); }
        public void D() { var settings = new XsltSettings { EnableScript = [|true|] }; }
        public void E() { AppContext.SetSwitch("Switch.System.Xml.AllowDefaultResolver", [|true|]); }
        public void F() { var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = [|0|] }; }
        """,
        """
        public void A() { var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }; }
        public void B() { var document = new XmlDocument(); document.XmlResolver = null; }
        public void C() { new XslCompiledTransform().Load("x.xsl", XsltSettings.Default, null); }
        public void D() { var settings = new XsltSettings { EnableScript = false }; }
        public void E() { AppContext.SetSwitch("Switch.System.Xml.AllowDefaultResolver", false); }
        public void F() { var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = 10_000_000 }; }
        """);
}
