using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.CodeFixes.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2006_NonceReuseCodeFixTests
{
    [Fact]
    public Task EachReuse_GetsAFreshNonce() => CodeFixVerifier.VerifyAsync<NonceReuseAnalyzer, NonceReuseCodeFix>(
        """
        using System.Security.Cryptography;

        class Sample
        {
            private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(12);

            void Run(AesGcm gcm, byte[] a, byte[] b, byte[] c, byte[] tag, byte[][] messages)
            {
                byte[] nonce = RandomNumberGenerator.GetBytes(12);
                gcm.Encrypt(nonce, a, c, tag);
                gcm.Encrypt([|nonce|], b, c, tag);
            }

            void Loop(AesGcm gcm, byte[] c, byte[] tag, byte[][] messages)
            {
                byte[] nonce = RandomNumberGenerator.GetBytes(12);
                foreach (var m in messages)
                    gcm.Encrypt([|nonce|], m, c, tag);
            }

            void Field(AesGcm gcm, byte[] a, byte[] c, byte[] tag)
            {
                gcm.Encrypt([|_nonce|], a, c, tag);
            }

            void Vector(Aes aes, byte[][] messages)
            {
                foreach (var m in messages)
                {
                    using var e = [|aes.CreateEncryptor()|];
                    e.TransformFinalBlock(m, 0, m.Length);
                }
            }
        }
        """,
        """
        using System.Security.Cryptography;

        class Sample
        {
            private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(12);

            void Run(AesGcm gcm, byte[] a, byte[] b, byte[] c, byte[] tag, byte[][] messages)
            {
                byte[] nonce = RandomNumberGenerator.GetBytes(12);
                gcm.Encrypt(nonce, a, c, tag);
                RandomNumberGenerator.Fill(nonce);
                gcm.Encrypt(nonce, b, c, tag);
            }

            void Loop(AesGcm gcm, byte[] c, byte[] tag, byte[][] messages)
            {
                byte[] nonce = RandomNumberGenerator.GetBytes(12);
                foreach (var m in messages)
                {
                    RandomNumberGenerator.Fill(nonce);
                    gcm.Encrypt(nonce, m, c, tag);
                }
            }

            void Field(AesGcm gcm, byte[] a, byte[] c, byte[] tag)
            {
                RandomNumberGenerator.Fill(_nonce);
                gcm.Encrypt(_nonce, a, c, tag);
            }

            void Vector(Aes aes, byte[][] messages)
            {
                foreach (var m in messages)
                {
                    aes.GenerateIV();
                    using var e = aes.CreateEncryptor();
                    e.TransformFinalBlock(m, 0, m.Length);
                }
            }
        }
        """);

    [Fact]
    public Task ReadOnlySpan_OffersNothing() => CodeFixVerifier.VerifyNoFixAsync<NonceReuseAnalyzer, NonceReuseCodeFix>("""
        using System;
        using System.Security.Cryptography;

        class Sample
        {
            void Run(AesGcm gcm, ReadOnlySpan<byte> nonce, byte[] a, byte[] c, byte[] tag)
            {
                gcm.Encrypt(nonce, a, c, tag);
                gcm.Encrypt([|nonce|], a, c, tag);
            }
        }
        """);
}
