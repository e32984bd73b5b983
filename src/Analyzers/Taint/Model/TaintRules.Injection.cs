using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Rules.Injection;

namespace SecurityToolchain.Analyzers.Taint.Model;

internal static partial class TaintRules
{
    private static ImmutableArray<TaintRule> Injection => ImmutableArray.Create(
        SqlInjection.Rule,
        NoSqlInjection.Rule,
        CommandInjection.Rule,
        PathTraversal.Rule,
        ZipSlip.Rule,
        LdapInjection.Rule,
        XPathOrXmlInjection.Rule,
        XmlExternalEntities.Rule,
        CrossSiteScripting.Rule,
        OpenRedirect.Rule,
        ServerSideRequestForgery.Rule,
        HeaderInjection.Rule,
        LogForging.Rule,
        CodeInjection.Rule,
        ReflectionInjection.Rule,
        RegexInjection.Rule,
        ResourceOrFormatInjection.Rule,
        MassAssignment.Rule,
        ChatModelOutput.Rule,
        ChatModelOutput.Prompt);
}
