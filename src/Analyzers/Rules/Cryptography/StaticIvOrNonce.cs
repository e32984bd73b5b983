using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2005: encryption with a vector or nonce that is the same each time or can be told (CWE-329).</summary>
internal static class StaticIvOrNonce
{
    public static readonly TaintRule Rule = new(
        RuleCatalogue.StaticIvOrNonce,
        SourceKinds.ConstantText | SourceKinds.ConstantBytes | SourceKinds.ZeroBytes | SourceKinds.StaticField | SourceKinds.KeyMaterial | SourceKinds.Clock | SourceKinds.GuidValue,
        SinkKinds.Nonce)
    {
        WholeValueOnly = true,
        Excludes = SourceKinds.StrongRandom | SourceKinds.WeakRandom | SourceKinds.Counter,
        Review = Review,
    };

    private static TaintVerdict Review(TaintFlow flow)
    {
        SyntaxNode sink = flow.SinkOperation.Syntax;
        return TestSyntax.Contains(sink) || OnlyDecrypts(sink) ? TaintVerdict.Drop : TaintVerdict.Report;
    }

    /// <summary>The vector of a cipher that the member only decrypts with came with the message.</summary>
    private static bool OnlyDecrypts(SyntaxNode sink)
    {
        SyntaxNode? member = sink.FirstAncestorOrSelf<MemberDeclarationSyntax>(static node => node is not GlobalStatementSyntax);
        bool decrypts = false;
        foreach (SimpleNameSyntax name in (member ?? sink.SyntaxTree.GetRoot()).DescendantNodes().OfType<SimpleNameSyntax>())
        {
            string text = name.Identifier.ValueText;
            if (text is "CreateEncryptor" or "Encrypt" or "EncryptCbc" or "EncryptCfb" or "TryEncryptCbc" or "TryEncryptCfb")
                return false;
            decrypts |= text is "CreateDecryptor" or "DecryptCbc" or "DecryptCfb" or "TryDecryptCbc" or "TryDecryptCfb";
        }

        return decrypts;
    }
}
