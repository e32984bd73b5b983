using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2009_PredictableTokenTests
{
    private static readonly VerifierOptions s_options = new() { Ids = ["STC2008", "STC2009"] };

    [Theory]
    [InlineData("user.ResetToken = [|Guid.NewGuid().ToString(\"N\")|];")]
    [InlineData("string inviteToken = [|Guid.CreateVersion7().ToString()|];")]
    [InlineData("var apiKey = [|DateTime.UtcNow.Ticks.ToString(\"x\")|];")]
    [InlineData("var resetToken = [|user.Id + \"-\" + DateTime.UtcNow.Ticks|];")]
    [InlineData("var resetToken = [|$\"{user.Id}:{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}\"|];")]
    [InlineData("var token = [|Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(DateTime.Now.Ticks.ToString())))|];")]
    [InlineData("string sessionToken = [|Environment.TickCount64.ToString()|];")]
    [InlineData("var password = [|\"P\" + Stopwatch.GetTimestamp()|];")]
    [InlineData("string accessToken = [|(++_counter).ToString()|];")]
    [InlineData("string accessToken = [|Interlocked.Increment(ref _counter).ToString()|];")]
    [InlineData("string accessToken = [|Environment.ProcessId + \"\"|];")]
    [InlineData("var seeded = new Random(42); string token = [|seeded.Next().ToString()|];")]
    [InlineData("var seeded = new Random(Environment.TickCount); user.Password = [|seeded.Next().ToString()|];")]
    [InlineData("var apiKey = [|Convert.ToBase64String(Guid.NewGuid().ToByteArray())|];")]
    [InlineData("byte[] secretKey = [|Guid.NewGuid().ToByteArray()|];")]
    [InlineData("response.Cookies.Append(\"auth-token\", [|Guid.NewGuid().ToString()|]);")]
    public Task SecretFromGuessableValue_IsReported(string body) => Verifier.VerifyAsync<TaintAnalyzer>(Method(body), s_options);

    [Theory]
    [InlineData("var id = Guid.NewGuid(); var correlationId = Guid.NewGuid().ToString();")]
    [InlineData("user.ConcurrencyToken = Guid.NewGuid();")]
    [InlineData("var file = Guid.NewGuid() + \".tmp\"; System.IO.File.WriteAllText(file, \"x\");")]
    [InlineData("var tokenExpires = DateTime.UtcNow.AddHours(1); var tokenIssuedAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds();")]
    [InlineData("string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));")]
    [InlineData("string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) + DateTime.UtcNow.Ticks;")]
    [InlineData("string token = Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(DateTime.UtcNow.Ticks.ToString())));")]
    [InlineData("using var hmac = new HMACSHA256(key); string token = Convert.ToHexString(hmac.ComputeHash(Encoding.UTF8.GetBytes(DateTime.UtcNow.ToString())));")]
    [InlineData("string nonce = Guid.NewGuid().ToString(\"N\");")]
    [InlineData("map[\"timestamp\"] = DateTime.UtcNow.ToString();")]
    [InlineData("var watch = Stopwatch.StartNew(); long tokenMilliseconds = watch.ElapsedMilliseconds;")]
    [InlineData("_counter++; int tokenIndex = (int)_counter;")]
    public Task HarmlessValue_IsSilent(string body) => Verifier.VerifyAsync<TaintAnalyzer>(Method(body), s_options);

    [Fact]
    public Task ThroughHelpersAndInterfaces() => Verifier.VerifyAsync<TaintAnalyzer>("""
        using System;
        using System.Threading.Tasks;

        public interface IIds { string Make(); }

        public class GuidIds : IIds { public string Make() => Guid.NewGuid().ToString("N"); }

        public class Invitations
        {
            private readonly IIds _ids;
            private string? _inviteToken;

            public Invitations(IIds ids) => _ids = ids;

            public void Invite() => _inviteToken = [|_ids.Make()|];

            public string OrderId() => _ids.Make();

            private static async Task<long> NowAsync() { await Task.Yield(); return DateTime.UtcNow.Ticks; }

            public async Task<string> CreateApiKeyAsync() => [|"k-" + await NowAsync()|];
        }
        """, s_options);

    private static string Method(string body) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Security.Cryptography;
        using System.Text;
        using System.Threading;
        using Microsoft.AspNetCore.Http;

        public class User
        {
            public int Id { get; set; }
            public string? Password { get; set; }
            public string? ResetToken { get; set; }
            public Guid ConcurrencyToken { get; set; }
        }

        public class Sample
        {
            private long _counter;

            public void Run(User user, Dictionary<string, string> map, HttpResponse response, byte[] key)
            {
                {{body}}
            }
        }
        """;
}
