using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-601: input as the target of a redirect.</summary>
internal static class OpenRedirect
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.OpenRedirect, SourceKinds.Untrusted, SinkKinds.Redirect);
}
