using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-113 and CWE-93: input in a header.</summary>
internal static class HeaderInjection
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.HeaderInjection, SourceKinds.Untrusted, SinkKinds.HttpHeader | SinkKinds.MailHeader | SinkKinds.Cookie);
}
