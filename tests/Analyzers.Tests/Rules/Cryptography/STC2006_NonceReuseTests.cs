using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2006_NonceReuseTests
{
    [Theory]
    [InlineData("RandomNumberGenerator.Fill(nonce); foreach (var m in messages) gcm.Encrypt([|nonce|], m, new byte[m.Length], tag);")]
    [InlineData("RandomNumberGenerator.Fill(nonce); gcm.Encrypt({|#1:nonce|}, a, c, tag); gcm.Encrypt([|nonce|], b, c, tag);")]
    [InlineData("var n = RandomNumberGenerator.GetBytes(12); gcm.Encrypt(n, a, c, tag); gcm.Encrypt([|n|], b, c, tag);")]
    [InlineData("RandomNumberGenerator.Fill(nonce); for (int i = 0; i < messages.Length; i++) { gcm.Encrypt([|nonce|], messages[i], c, tag); }")]
    [InlineData("RandomNumberGenerator.Fill(nonce); int i = 0; while (i < 3) { using var g = new AesGcm(key, 16); g.Encrypt([|nonce|], messages[i++], c, tag); }")]
    [InlineData("RandomNumberGenerator.Fill(nonce); foreach (var m in messages) gcm.Encrypt([|nonce.AsSpan()|], m.AsSpan(), c, tag);")]
    [InlineData("RandomNumberGenerator.Fill(nonce); ReadOnlySpan<byte> n = nonce; gcm.Encrypt(n, a, c, tag); gcm.Encrypt([|n|], b, c, tag);")]
    [InlineData("Span<byte> n = stackalloc byte[12]; RandomNumberGenerator.Fill(n); gcm.Encrypt(n, a, c, tag); gcm.Encrypt([|n|], b, c, tag);")]
    [InlineData("RandomNumberGenerator.Fill(nonce); var all = messages.Select(m => { var o = new byte[m.Length]; gcm.Encrypt([|nonce|], m, o, tag); return o; }).ToArray();")]
    [InlineData("RandomNumberGenerator.Fill(nonce); byte[] Seal(byte[] m) { var o = new byte[m.Length]; gcm.Encrypt(nonce, m, o, tag); return o; } Seal(a); [|Seal(b)|];")]
    [InlineData("RandomNumberGenerator.Fill(nonce); Helper(key, nonce, a); Helper(key, [|nonce|], b);")]
    [InlineData("RandomNumberGenerator.Fill(nonce); foreach (var m in messages) Helper(key, [|nonce|], m);")]
    [InlineData("var cha = new ChaCha20Poly1305(key); RandomNumberGenerator.Fill(nonce); do { cha.Encrypt([|nonce|], a, c, tag); } while (tag[0] == 0);")]
    [InlineData("using var aes = Aes.Create(); aes.Key = key; foreach (var m in messages) { c = aes.EncryptCbc(m, [|aes.IV|]); }")]
    [InlineData("using var aes = Aes.Create(); var iv = RandomNumberGenerator.GetBytes(16); foreach (var m in messages) { using var e = aes.CreateEncryptor(key, [|iv|]); c = e.TransformFinalBlock(m, 0, m.Length); }")]
    [InlineData("using var aes = Aes.Create(); foreach (var m in messages) { using var e = [|aes.CreateEncryptor()|]; c = e.TransformFinalBlock(m, 0, m.Length); }")]
    [InlineData("RandomNumberGenerator.Fill(nonce); if (a.Length > 3) gcm.Encrypt(nonce, a, c, tag); gcm.Encrypt([|nonce|], b, c, tag);")]
    [InlineData("RandomNumberGenerator.Fill(nonce); try { gcm.Encrypt(nonce, a, c, tag); } catch (CryptographicException) { gcm.Encrypt([|nonce|], b, c, tag); }")]
    public Task Reuse_IsReported(string body) => Verifier.VerifyAsync<NonceReuseAnalyzer>(Method(body));

    [Theory]
    [InlineData("RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("foreach (var m in messages) { RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, m, c, tag); }")]
    [InlineData("foreach (var m in messages) { var n = RandomNumberGenerator.GetBytes(12); gcm.Encrypt(n, m, c, tag); }")]
    [InlineData("foreach (var m in messages) { byte[] n = Fresh(); gcm.Encrypt(n, m, c, tag); }")]
    [InlineData("foreach (var m in messages) { FillIt(nonce); gcm.Encrypt(nonce, m, c, tag); }")]
    [InlineData("RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, a, c, tag); RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, b, c, tag);")]
    [InlineData("RandomNumberGenerator.Fill(nonce); if (a.Length > 3) gcm.Encrypt(nonce, a, c, tag); else gcm.Encrypt(nonce, b, c, tag);")]
    [InlineData("RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, a, c, tag); gcm.Decrypt(nonce, c, tag, b);")]
    [InlineData("foreach (var m in messages) gcm.Decrypt(nonce, m, tag, c);")]
    [InlineData("ulong counter = 0; RandomNumberGenerator.Fill(nonce); foreach (var m in messages) { BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), counter++); gcm.Encrypt(nonce, m, c, tag); }")]
    [InlineData("RandomNumberGenerator.Fill(nonce); foreach (var m in messages) { for (int i = 11; i >= 0 && ++nonce[i] == 0; i--) { } gcm.Encrypt(nonce, m, c, tag); }")]
    [InlineData("RandomNumberGenerator.Fill(nonce); foreach (var m in messages) { Count(nonce); gcm.Encrypt(nonce, m, c, tag); } static void Count(Span<byte> n) { for (int i = 11; i >= 0; i--) { if (++n[i] != 0) break; } }")]
    [InlineData("Span<byte> n = stackalloc byte[12]; RandomNumberGenerator.Fill(n); uint counter = 0; foreach (var m in messages) { BinaryPrimitives.WriteUInt32BigEndian(n[8..], counter++); gcm.Encrypt(n, m, c, tag); }")]
    [InlineData("RandomNumberGenerator.Fill(nonce); foreach (var m in messages) { nonce[11]++; gcm.Encrypt(nonce, m, c, tag); }")]
    [InlineData("RandomNumberGenerator.Fill(nonce); foreach (var m in messages) { using var g = new AesGcm(m, 16); g.Encrypt(nonce, a, c, tag); }")]
    [InlineData("using var other = new AesGcm(b, 16); RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, a, c, tag); other.Encrypt(nonce, a, c, tag);")]
    [InlineData("using var aes = Aes.Create(); foreach (var m in messages) { aes.GenerateIV(); c = aes.EncryptCbc(m, aes.IV); }")]
    [InlineData("foreach (var m in messages) { using var aes = Aes.Create(); aes.Key = key; c = aes.EncryptCbc(m, aes.IV); }")]
    [InlineData("using var aes = Aes.Create(); foreach (var m in messages) { aes.IV = RandomNumberGenerator.GetBytes(16); using var e = aes.CreateEncryptor(); c = e.TransformFinalBlock(m, 0, m.Length); }")]
    [InlineData("using var aes = Aes.Create(); using var e = aes.CreateEncryptor(); c = e.TransformFinalBlock(a, 0, a.Length);")]
    [InlineData("using var rng = RandomNumberGenerator.Create(); foreach (var m in messages) { rng.GetBytes(nonce); gcm.Encrypt(nonce, m, c, tag); }")]
    [InlineData("for (int attempt = 0; attempt < 3; attempt++) { RandomNumberGenerator.Fill(nonce); Helper(key, nonce, a); }")]
    public Task FreshNonces_AreSilent(string body) => Verifier.VerifyAsync<NonceReuseAnalyzer>(Method(body));

    [Fact]
    public Task NonceDrawnOnceByTheObject_IsReported() => Verifier.VerifyAsync<NonceReuseAnalyzer>("""
        using System.Security.Cryptography;

        class Box
        {
            private readonly AesGcm _gcm;
            private readonly byte[] _nonce = {|#1:RandomNumberGenerator.GetBytes(12)|};

            public Box(byte[] key) => _gcm = new AesGcm(key, 16);

            public byte[] Seal(byte[] data, byte[] tag)
            {
                var output = new byte[data.Length];
                _gcm.Encrypt([|_nonce|], data, output, tag);
                return output;
            }
        }

        class BoxInConstructor
        {
            private readonly AesGcm _gcm;
            private readonly byte[] _nonce;

            public BoxInConstructor(byte[] key)
            {
                _gcm = new AesGcm(key, 16);
                _nonce = new byte[12];
                RandomNumberGenerator.Fill(_nonce);
            }

            public void Seal(byte[] data, byte[] output, byte[] tag) => _gcm.Encrypt([|_nonce|], data, output, tag);
        }

        class FreshBox
        {
            private readonly AesGcm _gcm;
            private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(12);

            public FreshBox(byte[] key) => _gcm = new AesGcm(key, 16);

            public void Seal(byte[] data, byte[] output, byte[] tag)
            {
                RandomNumberGenerator.Fill(_nonce);
                _gcm.Encrypt(_nonce, data, output, tag);
            }
        }

        class CountingBox
        {
            private readonly AesGcm _gcm;
            private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(12);

            public CountingBox(byte[] key) => _gcm = new AesGcm(key, 16);

            private void Next() { for (int i = 11; i >= 8 && ++_nonce[i] == 0; i--) { } }

            public void Seal(byte[] data, byte[] output, byte[] tag)
            {
                Next();
                _gcm.Encrypt(_nonce, data, output, tag);
                Next();
                _gcm.Encrypt(_nonce, data, output, tag);
            }
        }
        """);

    [Fact]
    public Task LookAlike_IsSilent() => Verifier.VerifyAsync<NonceReuseAnalyzer>("""
        class Gcm { public void Encrypt(byte[] nonce, byte[] data) { } }

        class Sample
        {
            void Run(Gcm gcm, byte[] nonce, byte[][] messages)
            {
                foreach (var m in messages) gcm.Encrypt(nonce, m);
            }
        }
        """);

    [Fact]
    public Task KnownAnswerTests_AreSilent() => Verifier.VerifyAsync<NonceReuseAnalyzer>("""
        using System;
        using System.Security.Cryptography;

        class FactAttribute : Attribute { }

        class GcmVectors
        {
            [Fact]
            public void Rfc()
            {
                using var gcm = new AesGcm(new byte[32], 16);
                var nonce = new byte[12];
                gcm.Encrypt(nonce, new byte[4], new byte[4], new byte[16]);
                gcm.Encrypt(nonce, new byte[4], new byte[4], new byte[16]);
            }
        }
        """);

    private static string Method(string body) => $$"""
        using System;
        using System.Buffers.Binary;
        using System.Linq;
        using System.Security.Cryptography;

        class Sample
        {
            void Run(AesGcm gcm, byte[] key, byte[] a, byte[] b, byte[] c, byte[] tag, byte[][] messages)
            {
                byte[] nonce = new byte[12];
                {{body}}
            }

            static byte[] Fresh() => RandomNumberGenerator.GetBytes(12);

            static void FillIt(byte[] target) => RandomNumberGenerator.Fill(target);

            static byte[] Helper(byte[] k, byte[] n, byte[] m)
            {
                using var gcm = new AesGcm(k, 16);
                var output = new byte[m.Length];
                gcm.Encrypt(n, m, output, new byte[16]);
                return output;
            }
        }
        """;
}
