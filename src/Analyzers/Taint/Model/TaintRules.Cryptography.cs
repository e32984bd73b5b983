using System.Collections.Immutable;

namespace SecurityToolchain.Analyzers.Taint.Model;

internal static partial class TaintRules
{
    private static ImmutableArray<TaintRule> Cryptography => ImmutableArray.Create<TaintRule>(
    );
}
