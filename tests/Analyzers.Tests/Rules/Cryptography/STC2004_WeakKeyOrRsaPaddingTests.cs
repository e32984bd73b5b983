using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2004_WeakKeyOrRsaPaddingTests
{
    [Theory]
    [InlineData("using var r = RSA.Create([|1024|]);")]
    [InlineData("using var r = new RSACryptoServiceProvider([|1024|]);")]
    [InlineData("rsa.KeySize = [|512|];")]
    [InlineData("data = rsa.Encrypt(data, [|RSAEncryptionPadding.Pkcs1|]);")]
    [InlineData("using var r = new RSACryptoServiceProvider(2048); data = r.Encrypt(data, [|false|]);")]
    [InlineData("const int bits = 1024; using var r = RSA.Create([|bits|]);")]
    public Task Weakness_IsReported(string body) => Verifier.VerifyAsync<WeakKeyOrRsaPaddingAnalyzer>(CryptographySample.Method(body));

    [Theory]
    [InlineData("using var r = RSA.Create(2048);")]
    [InlineData("using var r = RSA.Create();")]
    [InlineData("data = rsa.Encrypt(data, RSAEncryptionPadding.OaepSHA256);")]
    [InlineData("data = rsa.Decrypt(data, RSAEncryptionPadding.Pkcs1);")]
    [InlineData("data = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);")]
    [InlineData("aes.KeySize = 256;")]
    public Task SafeTwin_IsSilent(string body) => Verifier.VerifyAsync<WeakKeyOrRsaPaddingAnalyzer>(CryptographySample.Method(body));
}
