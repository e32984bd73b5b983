using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.CodeFixes.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2003_InsecureCipherModeCodeFixTests
{
    [Fact]
    public Task Fix_RemovesTheWeakness() => CodeFixVerifier.VerifyAsync<InsecureCipherModeAnalyzer, InsecureCipherModeCodeFix>(
        """
        using System.Security.Cryptography;

        class Sample
        {
            void Run(Aes aes, byte[] key)
            {
                aes.Mode = [|CipherMode.ECB|];
                using var gcm = new AesGcm(key, [|8|]);
            }
        }
        """,
        """
        using System.Security.Cryptography;

        class Sample
        {
            void Run(Aes aes, byte[] key)
            {
                aes.Mode = CipherMode.CBC;
                using var gcm = new AesGcm(key, 16);
            }
        }
        """);
}
