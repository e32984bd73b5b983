using SecurityToolchain.Analyzers.Taint.Propagators;
using SecurityToolchain.Analyzers.Taint.Sanitizers;
using SecurityToolchain.Analyzers.Taint.Sinks;
using SecurityToolchain.Analyzers.Taint.Sources;

namespace SecurityToolchain.Analyzers.Taint.Model;

internal sealed partial class TaintLibrary
{
    // What looks random and is not, what must be random, and how bytes get from one array into another.
    private static void AddCryptography(Builder builder)
    {
        builder.Add(RandomnessSources.All);
        builder.Add(RandomnessSources.Propagators);
        builder.Add(StrongRandomSources.All);
        builder.Add(StrongRandomSources.Overwrites);
        builder.Add(static _ => new ConstantMaterialMatcher());
        builder.Add(static _ => new KeyedTransformMatcher());
        builder.Add(NonceSinks.All);
        builder.Add(CryptoMaterialSinks.All);
        builder.Add(SecretValueSinks.All);
        builder.Add(static _ => new SecretNameMatcher());
        builder.Add(static _ => new LegacyCryptoNonceMatcher());
        builder.Add(KeyedTransforms.All);
        builder.Add(ByteCopies.Propagators);
        builder.Add(ByteCopies.Overwrites);
    }
}
