namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1009_XPathOrXmlInjectionTests
{
    [Theory]
    [InlineData("""public void A(string name, System.Xml.XmlDocument d) => d.SelectSingleNode([|"//user[@name='" + name + "']"|]);""")]
    [InlineData("""public void A(string name, System.Xml.XmlWriter w) => w.WriteRaw([|name|]);""")]
    [InlineData("""public void A(string name) => System.Xml.Linq.XElement.Parse([|"<user>" + name + "</user>"|]);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1009", members);

    [Theory]
    [InlineData("""public void A(string name, System.Xml.XmlWriter w) => w.WriteString(name);""")]
    [InlineData("""public void A(string body) => System.Xml.Linq.XElement.Parse(body);""")]
    [InlineData("""public void A(string name) => new System.Xml.Linq.XElement("user", name);""")]
    [InlineData("""public void A(string name) => System.Xml.Linq.XElement.Parse("<user>" + System.Security.SecurityElement.Escape(name) + "</user>");""")]
    [InlineData("""public void A(int id, System.Xml.XmlDocument d) => d.SelectSingleNode("//user[@id='" + id + "']");""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1009", members);
}
