using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2007: a salt that is the same for every password (CWE-760).</summary>
internal static class ConstantSalt
{
    public static readonly TaintRule Rule = new(
        RuleCatalogue.WeakKeyDerivation, SourceKinds.ConstantText | SourceKinds.ConstantBytes | SourceKinds.ZeroBytes | SourceKinds.StaticField, SinkKinds.Salt)
    {
        WholeValueOnly = true,
        Excludes = SourceKinds.StrongRandom | SourceKinds.WeakRandom,
        MessageArguments = static flow => [flow.SourceText + " is the same salt for every password in " + flow.SinkText + "; draw 16 random bytes and store them with the hash"],
        Review = static flow => TestSyntax.Contains(flow.SinkOperation.Syntax) ? TaintVerdict.Drop : TaintVerdict.Report,
    };
}
