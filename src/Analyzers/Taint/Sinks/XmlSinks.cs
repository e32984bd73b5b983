using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Members that take an XPath expression or raw markup (CWE-643, CWE-91).</summary>
internal static class XmlSinks
{
    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // System.Xml.XPath reference.
        .. Parameters(SinkKinds.XPath, "System.Xml.XPath.XPathNavigator", "xpath", "Select", "SelectSingleNode", "Evaluate", "Matches", "Compile"),
        .. Parameters(SinkKinds.XPath, "System.Xml.XPath.XPathExpression", "xpath", "Compile"),
        .. Parameters(SinkKinds.XPath, "System.Xml.XmlNode", "xpath", "SelectNodes", "SelectSingleNode"),
        .. Parameters(SinkKinds.XPath, "System.Xml.XPath.Extensions", "expression", "XPathSelectElement", "XPathSelectElements", "XPathEvaluate"),
        .. Parameters(SinkKinds.XPath, "System.Web.UI.XPathBinder", "xPath", "Eval", "Select"),
        .. Properties(SinkKinds.XPath, "System.Web.UI.WebControls.XmlDataSource", "XPath"),

        // Markup that goes out, or into a tree, as it is.
        .. Parameters(SinkKinds.XmlMarkup, "System.Xml.XmlWriter", "data", "WriteRaw", "WriteRawAsync"),
        .. Properties(SinkKinds.XmlMarkup, "System.Xml.XmlNode", "InnerXml"),
        .. Properties(SinkKinds.XmlMarkup, "System.Xml.XmlDocumentFragment", "InnerXml"),
        .. Properties(SinkKinds.XmlMarkup, "System.Xml.XPath.XPathNavigator", "InnerXml", "OuterXml"),
        .. Parameters(SinkKinds.XmlMarkup, "System.Xml.XPath.XPathNavigator", "newChild", "AppendChild", "PrependChild"),

        // Parsing a whole document that somebody sent is fine; parsing text with parts put in is not (see the rule's review).
        .. Parameters(SinkKinds.XmlMarkup, "System.Xml.XmlDocument", "xml", "LoadXml"),
        .. Parameters(SinkKinds.XmlMarkup, "System.Xml.Linq.XElement", "text", "Parse"),
        .. Parameters(SinkKinds.XmlMarkup, "System.Xml.Linq.XDocument", "text", "Parse"),
    ]);
}
