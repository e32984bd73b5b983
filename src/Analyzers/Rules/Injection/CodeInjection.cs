using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-94: input as code.</summary>
internal static class CodeInjection
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.CodeInjection, SourceKinds.Untrusted, SinkKinds.Code | SinkKinds.Template);
}
