using Microsoft.CodeAnalysis.CSharp.Syntax;
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
        Review = static flow => TestSyntax.Contains(flow.SinkOperation.Syntax) || IsReportedAtReturn(flow) || !ValueOrigin.IsKept(flow) ? TaintVerdict.Drop : TaintVerdict.Report,
    };

    /// <summary>A builder in a method whose result is reported anyway.</summary>
    private static bool IsReportedAtReturn(TaintFlow flow) =>
        flow.SinkTarget is { Name: "Append" or "Insert", ContainingType.Name: "StringBuilder" }
        && flow.SinkOperation.Syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && SecretNames.IsSecretMaker(method.Identifier.ValueText, isNumber: false, isBytes: false);
}
