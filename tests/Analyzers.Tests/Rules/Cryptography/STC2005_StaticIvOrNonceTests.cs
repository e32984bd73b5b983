using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2005_StaticIvOrNonceTests
{
    private static readonly VerifierOptions s_options = new() { Ids = ["STC2005"] };

    [Theory]
    [InlineData("gcm.Encrypt([|new byte[12]|], a, c, tag);")]
    [InlineData("var nonce = new byte[12]; gcm.Encrypt([|nonce|], a, c, tag);")]
    [InlineData("byte[] nonce = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }; gcm.Encrypt([|nonce|], a, c, tag);")]
    [InlineData("byte[] nonce = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]; gcm.Encrypt([|nonce|], a, c, tag);")]
    [InlineData("Span<byte> nonce = stackalloc byte[12]; gcm.Encrypt([|nonce|], a, c, tag);")]
    [InlineData("gcm.Encrypt([|\"123456789012\"u8|], a, c, tag);")]
    [InlineData("gcm.Encrypt([|Encoding.UTF8.GetBytes(\"123456789012\")|], a, c, tag);")]
    [InlineData("gcm.Encrypt([|s_nonce|], a, c, tag);")]
    [InlineData("gcm.Encrypt([|s_random|], a, c, tag);")]
    [InlineData("gcm.Encrypt([|key.AsSpan(0, 12)|], a, c, tag);")]
    [InlineData("gcm.Encrypt([|key[..12]|], a, c, tag);")]
    [InlineData("var nonce = new byte[12]; Array.Copy(key, nonce, 12); gcm.Encrypt([|nonce|], a, c, tag);")]
    [InlineData("var nonce = key.Take(12).ToArray(); gcm.Encrypt([|nonce|], a, c, tag);")]
    [InlineData("var nonce = SHA256.HashData(Encoding.UTF8.GetBytes(\"app\"))[..12]; gcm.Encrypt([|nonce|], a, c, tag);")]
    [InlineData("using var ccm = new AesCcm(key); ccm.Encrypt([|new byte[13]|], a, c, tag);")]
    [InlineData("using var cha = new ChaCha20Poly1305(key); cha.Encrypt([|default(ReadOnlySpan<byte>)|], a, c, tag);")]
    [InlineData("aes.IV = [|new byte[16]|]; using var e = aes.CreateEncryptor();")]
    [InlineData("aes.IV = [|Encoding.ASCII.GetBytes(\"1234567890123456\")|]; using var e = aes.CreateEncryptor();")]
    [InlineData("aes.IV = [|Convert.FromBase64String(\"AAAAAAAAAAAAAAAAAAAAAA==\")|]; using var e = aes.CreateEncryptor();")]
    [InlineData("using var e = aes.CreateEncryptor(key, [|new byte[16]|]);")]
    [InlineData("c = aes.EncryptCbc(a, [|s_nonce|]);")]
    [InlineData("c = aes.EncryptCfb(a, [|new byte[16]|]);")]
    [InlineData("aes.IV = [|Guid.NewGuid().ToByteArray()|]; using var e = aes.CreateEncryptor();")]
    [InlineData("aes.IV = [|MD5.HashData(BitConverter.GetBytes(DateTime.UtcNow.Ticks))|]; using var e = aes.CreateEncryptor();")]
    [InlineData("using var made = Aes.Create(); made.Key = key; made.IV = [|key|]; using var e = made.CreateEncryptor();")]
    public Task StaticVector_IsReported(string body) => Verifier.VerifyAsync<TaintAnalyzer>(Method(body), s_options);

    [Theory]
    [InlineData("var nonce = new byte[12]; RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("var nonce = RandomNumberGenerator.GetBytes(12); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("Span<byte> nonce = stackalloc byte[12]; RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("var nonce = new byte[12]; using var rng = RandomNumberGenerator.Create(); rng.GetBytes(nonce); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("var nonce = new byte[12]; RandomNumberGenerator.Fill(nonce.AsSpan(0, 4)); BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), _counter++); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("var nonce = new byte[12]; BinaryPrimitives.WriteInt64BigEndian(nonce, Interlocked.Increment(ref _signed)); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("var output = new byte[12 + a.Length]; var nonce = output.AsSpan(0, 12); RandomNumberGenerator.Fill(nonce); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("gcm.Decrypt(new byte[12], a, tag, c);")]
    [InlineData("var nonce = a[..12]; gcm.Decrypt(nonce, a, tag, c);")]
    [InlineData("aes.IV = new byte[16]; using var d = aes.CreateDecryptor();")]
    [InlineData("using var d = aes.CreateDecryptor(key, s_nonce);")]
    [InlineData("aes.GenerateIV(); using var e = aes.CreateEncryptor(aes.Key, aes.IV);")]
    [InlineData("aes.IV = RandomNumberGenerator.GetBytes(16); using var e = aes.CreateEncryptor();")]
    [InlineData("var iv = new byte[16]; stream.ReadExactly(iv); aes.IV = iv; using var e = aes.CreateEncryptor();")]
    [InlineData("var nonce = Fresh(); gcm.Encrypt(nonce, a, c, tag);")]
    [InlineData("var nonce = new byte[12]; FillIt(nonce); gcm.Encrypt(nonce, a, c, tag);")]
    public Task FreshVector_IsSilent(string body) => Verifier.VerifyAsync<TaintAnalyzer>(Method(body), s_options);

    [Fact]
    public Task ThroughHelpersAndFields() => Verifier.VerifyAsync<TaintAnalyzer>("""
        using System.Security.Cryptography;

        public class Vault
        {
            private readonly byte[] _iv = {|#1:new byte[16]|};
            private readonly byte[] _key;

            public Vault(byte[] key) => _key = key;

            public byte[] A(byte[] data)
            {
                using var aes = Aes.Create();
                aes.Key = _key;
                return aes.EncryptCbc(data, [|_iv|]);
            }

            private static byte[] Seal(AesGcm gcm, byte[] nonce, byte[] data)
            {
                var output = new byte[data.Length];
                gcm.Encrypt([|nonce|], data, output, new byte[16]);
                return output;
            }

            public byte[] B(AesGcm gcm, byte[] data) => Seal(gcm, {|#2:new byte[12]|}, data);

            public byte[] C(AesGcm gcm, byte[] data) => Seal(gcm, RandomNumberGenerator.GetBytes(12), data);

            private static byte[] Fixed() => new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };

            public void D(AesGcm gcm, byte[] data, byte[] output, byte[] tag) => gcm.Encrypt([|Fixed()|], data, output, tag);
        }
        """, s_options);

    [Fact]
    public Task KnownAnswerTests_AreSilent() => Verifier.VerifyAsync<TaintAnalyzer>("""
        using System;
        using System.Security.Cryptography;

        class FactAttribute : Attribute { }

        class Vectors
        {
            [Fact]
            public void Rfc()
            {
                using var gcm = new AesGcm(new byte[32], 16);
                gcm.Encrypt(new byte[12], new byte[4], new byte[4], new byte[16]);
            }
        }
        """, s_options);

    [Fact]
    public Task BouncyCastleByName_IsReported() => Verifier.VerifyAsync<TaintAnalyzer>("""
        namespace Org.BouncyCastle.Crypto.Parameters
        {
            public class KeyParameter { public KeyParameter(byte[] key) { } }
            public class ParametersWithIV { public ParametersWithIV(KeyParameter parameters, byte[] iv) { } }
        }

        class Sample
        {
            object Run(byte[] key) => new Org.BouncyCastle.Crypto.Parameters.ParametersWithIV(new Org.BouncyCastle.Crypto.Parameters.KeyParameter(key), [|new byte[16]|]);
        }
        """, s_options);

    private static string Method(string body) => $$"""
        using System;
        using System.Buffers.Binary;
        using System.IO;
        using System.Linq;
        using System.Security.Cryptography;
        using System.Text;
        using System.Threading;

        public class Sample
        {
            private static readonly byte[] s_nonce = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
            private static readonly byte[] s_random = RandomNumberGenerator.GetBytes(12);
            private ulong _counter;
            private long _signed;

            public void Run(AesGcm gcm, Aes aes, byte[] key, byte[] a, byte[] c, byte[] tag, Stream stream)
            {
                {{body}}
            }

            private static byte[] Fresh() => RandomNumberGenerator.GetBytes(12);

            private static void FillIt(Span<byte> target) => RandomNumberGenerator.Fill(target);
        }
        """;
}
