using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>What a rule decides about a flow.</summary>
/// <param name="IsReported">Whether it is reported.</param>
/// <param name="Severity">A severity other than the descriptor's, or null. An explicit configuration by the user wins over it.</param>
/// <param name="Properties">Properties for the code fix, beside the flow's own; null for none.</param>
internal readonly record struct TaintVerdict(bool IsReported, DiagnosticSeverity? Severity = null, ImmutableDictionary<string, string?>? Properties = null)
{
    /// <summary>Reports with the descriptor's severity.</summary>
    public static TaintVerdict Report => new(true);

    /// <summary>Drops the flow.</summary>
    public static TaintVerdict Drop => new(false);

    /// <summary>Reports with another severity.</summary>
    public static TaintVerdict ReportAs(DiagnosticSeverity severity) => new(true, severity);
}
