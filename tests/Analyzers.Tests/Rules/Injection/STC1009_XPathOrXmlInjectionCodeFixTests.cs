using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1009_XPathOrXmlInjectionCodeFixTests
{
    [Fact]
    public Task ValueAlone_IsWrittenAsText() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, XPathOrXmlInjectionCodeFix>(
        "STC1009",
        """
        public void A(string name, XmlWriter writer) => writer.WriteRaw([|name|]);
        public Task B(string name, XmlWriter writer) => writer.WriteRawAsync([|name|]);
        public void C(string name, XmlElement user) { user.InnerXml = [|name|]; }
        """,
        """
        public void A(string name, XmlWriter writer) => writer.WriteString(name);
        public Task B(string name, XmlWriter writer) => writer.WriteStringAsync(name);
        public void C(string name, XmlElement user) { user.InnerText = name; }
        """);

    [Fact]
    public Task ValuesBetweenTags_AreEscaped() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, XPathOrXmlInjectionCodeFix>(
        "STC1009",
        """
        public void A(string name) => System.Xml.Linq.XElement.Parse([|"<user>" + name + "</user>"|]);
        public void B(string name, XmlDocument document) => document.LoadXml([|$"<user name='{name}'/>"|]);
        public void C(string name, XmlWriter writer) { var markup = "<b>" + name + "</b>"; writer.WriteRaw([|markup|]); }
        """,
        """
        public void A(string name) => System.Xml.Linq.XElement.Parse("<user>" + SecurityElement.Escape(name) + "</user>");
        public void B(string name, XmlDocument document) => document.LoadXml($"<user name='{SecurityElement.Escape(name)}'/>");
        public void C(string name, XmlWriter writer) { var markup = "<b>" + SecurityElement.Escape(name) + "</b>"; writer.WriteRaw(markup); }
        """);

    [Fact]
    public Task ValueThatIsEscapedAlready_HasNoFix() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, XPathOrXmlInjectionCodeFix>(
        "STC1009",
        """
        public void A(string name, string mail) => System.Xml.Linq.XElement.Parse([|"<user mail='" + SecurityElement.Escape(mail) + "'>" + name + "</user>"|]);
        """);

    [Fact]
    public Task XPath_HasNoFix() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, XPathOrXmlInjectionCodeFix>(
        "STC1009",
        """
        public void A(string name, XmlDocument document) => document.SelectSingleNode([|"//user[@name='" + name + "']"|]);
        public void B(string path, XmlDocument document) => document.SelectSingleNode([|path|]);
        """);
}
