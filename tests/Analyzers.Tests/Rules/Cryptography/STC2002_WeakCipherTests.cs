using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2002_WeakCipherTests
{
    [Theory]
    [InlineData("using var c = [|DES.Create()|];")]
    [InlineData("using var c = [|TripleDES.Create()|];")]
    [InlineData("using var c = [|RC2.Create()|];")]
    [InlineData("var c = [|DSA.Create()|];")]
    [InlineData("SymmetricAlgorithm c = [|new DESCryptoServiceProvider()|];")]
    [InlineData("var c = [|new TripleDESCryptoServiceProvider()|];")]
    public Task Weakness_IsReported(string body) => Verifier.VerifyAsync<WeakCipherAnalyzer>(CryptographySample.Method(body));

    [Theory]
    [InlineData("using var c = Aes.Create();")]
    [InlineData("using var c = RSA.Create(3072);")]
    [InlineData("using var c = SHA256.Create();")]
    [InlineData("var des = \"DES\";")]
    public Task SafeTwin_IsSilent(string body) => Verifier.VerifyAsync<WeakCipherAnalyzer>(CryptographySample.Method(body));
}
