using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-643 and CWE-91: input in an XPath expression or in markup.</summary>
internal static class XPathOrXmlInjection
{
    /// <summary>The rule. Parsing a document that came whole from outside injects nothing; its entities are another rule's business.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.XPathOrXmlInjection, SourceKinds.Untrusted, SinkKinds.XPath | SinkKinds.XmlMarkup)
    {
        Review = static flow => IsParser(flow.SinkTarget) && !flow.IsMixed && flow.KnownPrefix.Length == 0 ? TaintVerdict.Drop : TaintVerdict.Report,
    };

    private static bool IsParser(ISymbol target) => target.Name is "Parse" or "LoadXml";
}
