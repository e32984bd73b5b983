using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Cryptography;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2009_PredictableTokenCodeFixTests
{
    private static readonly VerifierOptions s_options = new() { Ids = ["STC2008", "STC2009"] };

    [Fact]
    public Task PredictableParts_BecomeRandomBytes() => CodeFixVerifier.VerifyAsync<TaintAnalyzer, PredictableTokenCodeFix>(
        """
        using System;

        class User
        {
            public int Id { get; set; }
            public string? ResetToken { get; set; }
            public string? InviteToken { get; set; }
        }

        class Sample
        {
            public void Run(User user)
            {
                user.ResetToken = [|Guid.NewGuid().ToString("N")|];
                user.InviteToken = [|$"{user.Id}-{DateTime.UtcNow.Ticks}"|];
                var stamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString();
                string apiKey = [|"k" + stamp|];
                byte[] secretKey = [|Guid.NewGuid().ToByteArray()|];
                Console.WriteLine(apiKey.Length + secretKey.Length);
            }
        }
        """,
        """
        using System;
        using System.Security.Cryptography;

        class User
        {
            public int Id { get; set; }
            public string? ResetToken { get; set; }
            public string? InviteToken { get; set; }
        }

        class Sample
        {
            public void Run(User user)
            {
                user.ResetToken = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
                user.InviteToken = $"{user.Id}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(32))}";
                var stamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
                string apiKey = "k" + stamp;
                byte[] secretKey = RandomNumberGenerator.GetBytes(32);
                Console.WriteLine(apiKey.Length + secretKey.Length);
            }
        }
        """,
        s_options);

    [Fact]
    public Task SeededGenerator_IsReplaced() => CodeFixVerifier.VerifyAsync<TaintAnalyzer, PredictableTokenCodeFix>(
        """
        using System;

        class Sample
        {
            public string ResetToken()
            {
                var random = new Random(42);
                return [|random.Next().ToString()|];
            }
        }
        """,
        """
        using System;
        using System.Security.Cryptography;

        class Sample
        {
            public string ResetToken()
            {
                return RandomNumberGenerator.GetInt32(int.MaxValue).ToString();
            }
        }
        """,
        s_options);
}
