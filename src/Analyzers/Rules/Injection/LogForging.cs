using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-117: input in a log message's template.</summary>
internal static class LogForging
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.LogForging, SourceKinds.Untrusted, SinkKinds.LogTemplate);
}
