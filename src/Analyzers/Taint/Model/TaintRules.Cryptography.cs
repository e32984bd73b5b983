using System.Collections.Immutable;
using SecurityToolchain.Analyzers.Rules.Cryptography;

namespace SecurityToolchain.Analyzers.Taint.Model;

internal static partial class TaintRules
{
    private static ImmutableArray<TaintRule> Cryptography => ImmutableArray.Create(
        StaticIvOrNonce.Rule,
        InsecureRandom.Rule,
        PredictableToken.Rule,
        ConstantSalt.Rule);
}
