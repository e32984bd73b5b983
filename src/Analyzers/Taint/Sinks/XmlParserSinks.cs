using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Taint.Model;
using static SecurityToolchain.Analyzers.Taint.Sinks.SinkRows;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Settings of XML parsers and style sheet processors (CWE-611, CWE-776).</summary>
internal static class XmlParserSinks
{
    /// <summary>All of them. The resolver of XmlReaderSettings is judged together with DtdProcessing, without which it reads nothing.</summary>
    public static readonly ImmutableArray<Sink> All = ImmutableArray.CreateRange<Sink>([
        // System.Xml reference.
        .. Properties(SinkKinds.XmlParser, "System.Xml.XmlReaderSettings", "DtdProcessing", "ProhibitDtd", "MaxCharactersFromEntities"),
        .. Properties(SinkKinds.XmlParser, "System.Xml.XmlTextReader", "DtdProcessing", "ProhibitDtd", "XmlResolver"),
        .. Properties(SinkKinds.XmlParser, "System.Xml.XmlDocument", "XmlResolver"),
        .. Properties(SinkKinds.XmlParser, "System.Xml.XmlValidatingReader", "XmlResolver"),
        .. Properties(SinkKinds.XmlParser, "System.Xml.Schema.XmlSchemaSet", "XmlResolver"),

        // System.Xml.Xsl reference.
        .. Parameters(SinkKinds.XmlParser, "System.Xml.Xsl.XslCompiledTransform", "settings", "Load"),
        .. Properties(SinkKinds.XmlParser, "System.Xml.Xsl.XsltSettings", "EnableScript", "EnableDocumentFunction"),

        // System.AppContext: the switch that gives every parser a resolver.
        Sink.Parameter(SinkKinds.XmlParser, "System.AppContext", "SetSwitch", "isEnabled", when: static site => site.TryGetConstant("switchName", out object? name) && name is "Switch.System.Xml.AllowDefaultResolver"),
    ]);

    /// <summary>Settings that allow everything.</summary>
    public static readonly ImmutableArray<Source> Settings = ImmutableArray.Create(
        Source.Property(SourceKinds.XmlSetting, "System.Xml.Xsl.XsltSettings", "TrustedXslt", describe: "XsltSettings.TrustedXslt"),
        Source.Construction(SourceKinds.XmlSetting, "System.Xml.XmlUrlResolver", describe: "new XmlUrlResolver"));
}
