using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Injection;

/// <summary>CWE-134, CWE-99 and CWE-454: input as a format, connection string or setting.</summary>
internal static class ResourceOrFormatInjection
{
    /// <summary>The rule.</summary>
    public static readonly TaintRule Rule = new(RuleCatalogue.ResourceOrFormatInjection, SourceKinds.Untrusted, SinkKinds.FormatString | SinkKinds.ConnectionString | SinkKinds.Setting);
}
