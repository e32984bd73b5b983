using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>Finds the member in which a flow ends.</summary>
internal static class SinkOwner
{
    /// <summary>The member, or the sink's own symbol where the member is not known.</summary>
    public static ISymbol Of(TaintFlow flow) =>
        flow.SinkOperation.SemanticModel?.GetEnclosingSymbol(flow.SinkOperation.Syntax.SpanStart) ?? flow.SinkTarget;
}
