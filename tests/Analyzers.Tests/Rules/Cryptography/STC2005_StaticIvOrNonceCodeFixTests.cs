using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2005_StaticIvOrNonceCodeFixTests
{
    private static readonly VerifierOptions s_options = new() { Ids = ["STC2005"] };

    [Fact]
    public Task Vectors_BecomeRandom() => CodeFixVerifier.VerifyAsync<TaintAnalyzer, StaticIvOrNonceCodeFix>(
        """
        using System.Security.Cryptography;

        class Sample
        {
            private static readonly byte[] s_iv = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

            public byte[] A(AesGcm gcm, byte[] data, byte[] tag)
            {
                var output = new byte[data.Length];
                var nonce = new byte[12];
                gcm.Encrypt([|nonce|], data, output, tag);
                return [.. nonce, .. output];
            }

            public byte[] B(Aes aes, byte[] data)
            {
                return aes.EncryptCbc(data, [|s_iv|]);
            }

            public ICryptoTransform C(byte[] key)
            {
                var aes = Aes.Create();
                aes.Key = key;
                aes.IV = [|new byte[16]|];
                return aes.CreateEncryptor();
            }
        }
        """,
        """
        using System.Security.Cryptography;

        class Sample
        {
            private static readonly byte[] s_iv = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

            public byte[] A(AesGcm gcm, byte[] data, byte[] tag)
            {
                var output = new byte[data.Length];
                var nonce = new byte[12];
                RandomNumberGenerator.Fill(nonce);
                gcm.Encrypt(nonce, data, output, tag);
                return [.. nonce, .. output];
            }

            public byte[] B(Aes aes, byte[] data)
            {
                byte[] iv = RandomNumberGenerator.GetBytes(16);
                return aes.EncryptCbc(data, iv);
            }

            public ICryptoTransform C(byte[] key)
            {
                var aes = Aes.Create();
                aes.Key = key;
                aes.GenerateIV();
                return aes.CreateEncryptor();
            }
        }
        """,
        s_options);
}
