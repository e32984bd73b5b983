using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.CodeFixes.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2004_WeakKeyOrRsaPaddingCodeFixTests
{
    [Fact]
    public Task Fix_RemovesTheWeakness() => CodeFixVerifier.VerifyAsync<WeakKeyOrRsaPaddingAnalyzer, WeakKeyOrRsaPaddingCodeFix>(
        """
        using System.Security.Cryptography;

        class Sample
        {
            byte[] Run(byte[] data)
            {
                using var rsa = RSA.Create([|1024|]);
                return rsa.Encrypt(data, [|RSAEncryptionPadding.Pkcs1|]);
            }
        }
        """,
        """
        using System.Security.Cryptography;

        class Sample
        {
            byte[] Run(byte[] data)
            {
                using var rsa = RSA.Create(3072);
                return rsa.Encrypt(data, RSAEncryptionPadding.OaepSHA256);
            }
        }
        """);
}
