using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2008: a value of System.Random becomes a secret (CWE-338).</summary>
internal static class InsecureRandom
{
    // A generator with a known seed is STC2009's: its sequence need not even be observed.
    public static readonly TaintRule Rule = new(
        RuleCatalogue.InsecureRandom,
        SourceKinds.WeakRandom,
        SinkKinds.SecretValue | SinkKinds.Credential | SinkKinds.CryptoKey | SinkKinds.Nonce | SinkKinds.Salt)
    {
        Excludes = SourceKinds.SeededRandom | SourceKinds.StrongRandom,
        Review = static flow => TestCode.Contains(SinkOwner.Of(flow)) ? TaintVerdict.Drop : TaintVerdict.Report,
    };
}
