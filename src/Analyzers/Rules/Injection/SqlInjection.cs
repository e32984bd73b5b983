using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-89: input in the text of a SQL command.</summary>
internal static class SqlInjection
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.SqlInjection, SourceKinds.Untrusted, SinkKinds.Sql);
}
