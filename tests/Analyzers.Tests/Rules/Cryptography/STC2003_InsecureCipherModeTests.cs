using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2003_InsecureCipherModeTests
{
    [Theory]
    [InlineData("aes.Mode = [|CipherMode.ECB|];")]
    [InlineData("using var a = Aes.Create(); a.Mode = [|CipherMode.ECB|];")]
    [InlineData("var a = new { X = 1 }; data = [|aes.EncryptEcb(data, PaddingMode.PKCS7)|];")]
    [InlineData("using var g = new AesGcm(key, [|8|]);")]
    [InlineData("const CipherMode mode = CipherMode.ECB; aes.Mode = [|mode|];")]
    public Task Weakness_IsReported(string body) => Verifier.VerifyAsync<InsecureCipherModeAnalyzer>(CryptographySample.Method(body));

    [Theory]
    [InlineData("aes.Mode = CipherMode.CBC;")]
    [InlineData("using var g = new AesGcm(key, 16);")]
    [InlineData("if (aes.Mode == CipherMode.ECB) return;")]
    [InlineData("data = aes.DecryptEcb(data, PaddingMode.PKCS7);")]
    public Task SafeTwin_IsSilent(string body) => Verifier.VerifyAsync<InsecureCipherModeAnalyzer>(CryptographySample.Method(body));
}
