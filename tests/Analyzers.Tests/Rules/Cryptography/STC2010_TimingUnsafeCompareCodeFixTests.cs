using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.CodeFixes.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2010_TimingUnsafeCompareCodeFixTests
{
    [Fact]
    public Task Fix_RemovesTheWeakness() => CodeFixVerifier.VerifyAsync<TimingUnsafeCompareAnalyzer, TimingUnsafeCompareCodeFix>(
        """
        using System;
        using System.Linq;
        using System.Security.Cryptography;

        class Sample
        {
            bool Bytes(byte[] key, byte[] data, byte[] sent) => [|HMACSHA256.HashData(key, data).SequenceEqual(sent)|];

            bool Text(string apiKey, string sent) => [|apiKey != sent|];
        }
        """,
        """
        using System;
        using System.Linq;
        using System.Security.Cryptography;
        using System.Text;

        class Sample
        {
            bool Bytes(byte[] key, byte[] data, byte[] sent) => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, data), sent);

            bool Text(string apiKey, string sent) => !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(apiKey), Encoding.UTF8.GetBytes(sent));
        }
        """);
}
