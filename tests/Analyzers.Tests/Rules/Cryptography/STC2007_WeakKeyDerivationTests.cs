using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2007_WeakKeyDerivationTests
{
    [Theory]
    [InlineData("key = Rfc2898DeriveBytes.Pbkdf2(text, salt, [|10000|], HashAlgorithmName.SHA256, 32);")]
    [InlineData("using var k = new Rfc2898DeriveBytes(text, salt, [|100_000|], HashAlgorithmName.SHA512);")]
    [InlineData("using var k = new Rfc2898DeriveBytes(text, salt, [|310000|], HashAlgorithmName.SHA256);")]
    [InlineData("const int n = 1000; key = Rfc2898DeriveBytes.Pbkdf2(text, salt, [|n|], HashAlgorithmName.SHA1, 20);")]
    public Task Weakness_IsReported(string body) => Verifier.VerifyAsync<WeakKeyDerivationAnalyzer>(CryptographySample.Method(body));

    [Theory]
    [InlineData("key = Rfc2898DeriveBytes.Pbkdf2(text, salt, 600_000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("using var k = new Rfc2898DeriveBytes(text, salt, 210_000, HashAlgorithmName.SHA512);")]
    [InlineData("key = Rfc2898DeriveBytes.Pbkdf2(text, salt, text.Length, HashAlgorithmName.SHA256, 32);")]
    public Task SafeTwin_IsSilent(string body) => Verifier.VerifyAsync<WeakKeyDerivationAnalyzer>(CryptographySample.Method(body));

    [Fact]
    public Task ConstantSalt_IsReported() => Verifier.VerifyAsync<SecurityToolchain.Analyzers.Taint.TaintAnalyzer>(
        """
        using System.Security.Cryptography;
        using System.Text;

        class Hasher
        {
            private static readonly byte[] s_salt = { 1, 2, 3, 4, 5, 6, 7, 8 };

            byte[] A(string p) => Rfc2898DeriveBytes.Pbkdf2(p, [|s_salt|], 600_000, HashAlgorithmName.SHA256, 32);

            byte[] B(string p) => Rfc2898DeriveBytes.Pbkdf2(p, [|Encoding.UTF8.GetBytes("pepper")|], 600_000, HashAlgorithmName.SHA256, 32);

            byte[] C(string p)
            {
                var salt = RandomNumberGenerator.GetBytes(16);
                return Rfc2898DeriveBytes.Pbkdf2(p, salt, 600_000, HashAlgorithmName.SHA256, 32);
            }

            byte[] D(string p, byte[] stored)
            {
                var salt = new byte[16];
                System.Array.Copy(stored, salt, 16);
                return Rfc2898DeriveBytes.Pbkdf2(p, salt, 600_000, HashAlgorithmName.SHA256, 32);
            }
        }
        """,
        new VerifierOptions { Ids = ["STC2007"] });
}
