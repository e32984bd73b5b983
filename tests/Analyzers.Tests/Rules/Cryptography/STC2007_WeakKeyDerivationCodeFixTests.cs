using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.CodeFixes.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2007_WeakKeyDerivationCodeFixTests
{
    [Fact]
    public Task Fix_RemovesTheWeakness() => CodeFixVerifier.VerifyAsync<WeakKeyDerivationAnalyzer, WeakKeyDerivationCodeFix>(
        """
        using System.Security.Cryptography;

        class Sample
        {
            byte[] Run(string text, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(text, salt, [|10000|], HashAlgorithmName.SHA256, 32);
        }
        """,
        """
        using System.Security.Cryptography;

        class Sample
        {
            byte[] Run(string text, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(text, salt, 600_000, HashAlgorithmName.SHA256, 32);
        }
        """);
}
