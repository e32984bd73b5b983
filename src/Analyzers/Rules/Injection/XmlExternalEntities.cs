using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-611 and CWE-776: an XML parser reads what the document names. Defaults of old frameworks are <see cref="XmlDefaultsAnalyzer"/>'s.</summary>
internal static class XmlExternalEntities
{
    /// <summary>The rule. One parser is reported once: where its DTD processing is opened, or where its resolver is if that alone opens it.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.XmlExternalEntities, SourceKinds.XmlSetting, SinkKinds.XmlParser)
    {
        IgnoresThreatModels = true,
        Review = static flow => IsOpen(flow) ? TaintVerdict.Report : TaintVerdict.Drop,
    };

    private static bool IsOpen(TaintFlow flow)
    {
        if (flow.SinkTarget is not IPropertySymbol property || XmlParserState.Read(flow.SinkOperation.Syntax) is not { } state)
            return true;
        if (state.IsReplacedLater)
            return false;
        switch (property.ContainingType.Name, property.Name)
        {
            case (_, "MaxCharactersFromEntities"):
                return state.ParsesDtd;
            case ("XmlTextReader", "XmlResolver"):
                return !state.ProhibitsDtd && !state.ParsesDtd;
            case (_, "DtdProcessing" or "ProhibitDtd"):
                return !state.HasClosedResolver;
            default:
                return true;
        }
    }
}
