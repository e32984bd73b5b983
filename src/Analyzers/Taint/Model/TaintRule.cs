using System;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>
/// One flow rule: values of some sources must not reach some sinks. To add a rule:
/// <list type="number">
/// <item>a descriptor in the family's <c>RuleCatalogue</c> part, with <c>reportedAtCompilationEnd: true</c>;</item>
/// <item>rows for its library members in <c>Taint/Sources</c>, <c>Sinks</c>, <c>Sanitizers</c>, <c>Propagators</c>, listed in a part of <see cref="TaintLibrary"/>;</item>
/// <item>the rule's value in the family's folder, listed in the family's part of <see cref="TaintRules"/>.</item>
/// </list>
/// </summary>
/// <example><code>
/// internal static class SqlInjection
/// {
///     // "User input from {0} reaches the SQL text of {1}"
///     public static readonly TaintRule Rule = new(RuleCatalogue.SqlInjection, SourceKinds.Untrusted, SinkKinds.Sql);
/// }
/// </code></example>
internal sealed class TaintRule
{
    /// <summary>Creates a rule.</summary>
    /// <param name="descriptor">Its message takes the source's text as <c>{0}</c> and the sink's text as <c>{1}</c> unless <see cref="MessageArguments"/> says otherwise.</param>
    /// <param name="sources">The origins that matter. <see cref="SourceKinds.Untrusted"/> kinds count only in their threat model.</param>
    /// <param name="sinks">The sinks that matter.</param>
    public TaintRule(DiagnosticDescriptor descriptor, SourceKinds sources, SinkKinds sinks)
    {
        Descriptor = descriptor;
        Sources = sources;
        Sinks = sinks;
    }

    /// <summary>The descriptor.</summary>
    public DiagnosticDescriptor Descriptor { get; }

    /// <summary>The origins that matter.</summary>
    public SourceKinds Sources { get; }

    /// <summary>The sinks that matter.</summary>
    public SinkKinds Sinks { get; }

    /// <summary>
    /// Whether a value counts only while it is whole: text that was joined with something that is not constant is no longer "the literal".
    /// Wanted by rules on <see cref="SourceKinds.Constants"/>.
    /// </summary>
    public bool WholeValueOnly { get; init; }

    /// <summary>Whether the untrusted kinds count in every threat model (archive entries do not need this: they always count).</summary>
    public bool IgnoresThreatModels { get; init; }

    /// <summary>Sources that end the search: a value that also has one of these is not reported (a nonce that is also random).</summary>
    public SourceKinds Excludes { get; init; }

    /// <summary>Gives the message's arguments; null gives source text and sink text.</summary>
    public Func<TaintFlow, object?[]>? MessageArguments { get; init; }

    /// <summary>Looks at each flow before it is reported and may drop it or change its severity; null reports all.</summary>
    public Func<TaintFlow, TaintVerdict>? Review { get; init; }
}
