using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2010_TimingUnsafeCompareTests
{
    [Theory]
    [InlineData("if ([|HMACSHA256.HashData(key, data).SequenceEqual(salt)|]) return;")]
    [InlineData("var mac = HMACSHA256.HashData(key, data); if (![|mac.SequenceEqual(salt)|]) return;")]
    [InlineData("using var h = new HMACSHA256(key); var computed = Convert.ToHexString(h.ComputeHash(data)); if ([|computed == text|]) return;")]
    [InlineData("var expectedSignature = other; if ([|text != expectedSignature|]) return;")]
    [InlineData("if ([|apiKey.Equals(other)|]) return;")]
    [InlineData("if ([|string.Equals(text, passwordHash)|]) return;")]
    [InlineData("var mac = HMACSHA512.HashData(key, data); if ([|mac.AsSpan().SequenceEqual(salt)|]) return;")]
    public Task Weakness_IsReported(string body) => Verifier.VerifyAsync<TimingUnsafeCompareAnalyzer>(CryptographySample.Method(body));

    [Theory]
    [InlineData("if (CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, data), salt)) return;")]
    [InlineData("if (text == other) return;")]
    [InlineData("if (apiKey == null || apiKey == \"\" || apiKey == string.Empty) return;")]
    [InlineData("var checksum = Convert.ToHexString(SHA256.HashData(data)); if (checksum == text) return;")]
    [InlineData("if (data.SequenceEqual(salt)) return;")]
    [InlineData("var signature = other; if (signature == text) return;")]
    public Task SafeTwin_IsSilent(string body) => Verifier.VerifyAsync<TimingUnsafeCompareAnalyzer>(CryptographySample.Method(body));
}
