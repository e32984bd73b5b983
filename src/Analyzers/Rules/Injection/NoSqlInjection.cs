using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-943: input in the query text of a store that does not speak SQL.</summary>
internal static class NoSqlInjection
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.NoSqlInjection, SourceKinds.Untrusted, SinkKinds.NoSql);
}
