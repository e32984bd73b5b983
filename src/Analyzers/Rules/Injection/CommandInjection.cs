using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-78 and CWE-88: input in a command.</summary>
internal static class CommandInjection
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.CommandInjection, SourceKinds.Untrusted, SinkKinds.Command | SinkKinds.CommandArgument);
}
