using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2008_InsecureRandomCodeFixTests
{
    private static readonly VerifierOptions s_options = new() { Ids = ["STC2008", "STC2009"] };

    [Fact]
    public Task Calls_KeepRangeAndAlphabet() => CodeFixVerifier.VerifyAsync<TaintAnalyzer, InsecureRandomCodeFix>(
        """
        using System;
        using System.Linq;

        class Sample
        {
            private const string Alphabet = "abcdef";
            private readonly Random _random = new();

            public string GenerateToken()
            {
                var random = new Random();
                var text = "";
                for (int i = 0; i < 10; i++)
                    text += Alphabet[random.Next(Alphabet.Length)];
                return [|text|];
            }

            public int CreateOtp() => [|Random.Shared.Next(100000, 1000000)|];

            public byte[] NewSessionKey()
            {
                var bytes = new byte[32];
                _random.NextBytes(bytes);
                return [|bytes|];
            }

            public string NewPassword() => [|new string(Random.Shared.GetItems<char>(Alphabet, 12))|];

            public int Roll() => _random.Next(6);
        }
        """,
        """
        using System;
        using System.Linq;
        using System.Security.Cryptography;

        class Sample
        {
            private const string Alphabet = "abcdef";
            private readonly Random _random = new();

            public string GenerateToken()
            {
                var text = "";
                for (int i = 0; i < 10; i++)
                    text += Alphabet[RandomNumberGenerator.GetInt32(Alphabet.Length)];
                return text;
            }

            public int CreateOtp() => RandomNumberGenerator.GetInt32(100000, 1000000);

            public byte[] NewSessionKey()
            {
                var bytes = new byte[32];
                RandomNumberGenerator.Fill(bytes);
                return bytes;
            }

            public string NewPassword() => new string(RandomNumberGenerator.GetItems<char>(Alphabet, 12));

            public int Roll() => _random.Next(6);
        }
        """,
        s_options);
}
