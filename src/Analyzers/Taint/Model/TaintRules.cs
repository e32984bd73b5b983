using System.Collections.Immutable;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>Every flow rule of the product. Each family has a part of this class with its own list.</summary>
internal static partial class TaintRules
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<TaintRule> All { get; } = Injection.AddRange(Cryptography).AddRange(Secrets);
}
