using System.Collections.Immutable;

namespace SecurityToolchain.Analyzers.Taint.Model;

internal static partial class TaintRules
{
    private static ImmutableArray<TaintRule> Injection => ImmutableArray.Create<TaintRule>(
    );
}
