using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Cryptography;

public sealed class STC2008_InsecureRandomTests
{
    private static readonly VerifierOptions s_options = new() { Ids = ["STC2008", "STC2009"] };

    [Fact]
    public Task SecretAtTheEndOfManyCalls_IsReported() => Verifier.VerifyAsync<TaintAnalyzer>("""
        using System;
        class Sample
        {
            static string One(string text) => text + "1";
            static string Two(string text) => One(text) + "2";
            static string Three(string text) => Two(text) + "3";
            static string Four(string text) => Three(text) + "4";
            static string Five(string text) => Four(text) + "5";
            static string Make() => Five(new Random().Next().ToString());
            static string Pass() => Make();
            void Issue() { string token = [|Pass()|]; Console.WriteLine(token); }
        }
        """, s_options);

    [Theory]
    [InlineData("string token = [|random.Next().ToString()|];")]
    [InlineData("var otp = [|random.Next(100000, 1000000)|];")]
    [InlineData("var resetCode = [|Random.Shared.Next(100000, 1000000).ToString(\"D6\")|];")]
    [InlineData("string password = \"\"; for (int i = 0; i < 8; i++) password += [|Alphabet[random.Next(Alphabet.Length)]|];")]
    [InlineData("var apiKey = [|new string(Enumerable.Range(0, 32).Select(_ => Alphabet[random.Next(Alphabet.Length)]).ToArray())|];")]
    [InlineData("var sessionToken = [|new string(Enumerable.Repeat(Alphabet, 16).Select(s => s[random.Next(s.Length)]).ToArray())|];")]
    [InlineData("var key = new byte[32]; random.NextBytes(key); using var aes = Aes.Create(); aes.Key = [|key|];")]
    [InlineData("var bytes = new byte[16]; new Random().NextBytes(bytes); string accessToken = [|Convert.ToBase64String(bytes)|];")]
    [InlineData("var bytes = new byte[16]; random.NextBytes(bytes); using var hmac = new HMACSHA256([|bytes|]);")]
    [InlineData("var bytes = new byte[12]; random.NextBytes(bytes); gcm.Encrypt([|bytes|], a, a, a);")]
    [InlineData("var bytes = new byte[16]; random.NextBytes(bytes); var h = Rfc2898DeriveBytes.Pbkdf2(\"p\", [|bytes|], 600000, HashAlgorithmName.SHA256, 32);")]
    [InlineData("char[] chars = random.GetItems<char>(Alphabet, 12); user.Password = [|new string(chars)|];")]
    [InlineData("var made = random.Next(1000, 9999); user.ResetToken = [|$\"{made}-{made}\"|];")]
    [InlineData("map[\"csrf-token\"] = [|random.Next().ToString()|];")]
    [InlineData("response.Cookies.Append(\"session\", \"x\"); response.Cookies.Append(\"auth-token\", [|random.Next().ToString()|]);")]
    [InlineData("string inviteCode = [|((int)(random.NextDouble() * 1000000)).ToString()|];")]
    public Task SecretFromRandom_IsReported(string body) => Verifier.VerifyAsync<TaintAnalyzer>(Method(body), s_options);

    [Theory]
    [InlineData("var name = \"file\" + random.Next() + \".tmp\"; string password = File.ReadAllText(name);")]
    [InlineData("using var file = new FileStream(\"f\" + random.Next(), FileMode.Open); using var reader = new StreamReader(file); string secret = reader.ReadToEnd();")]
    [InlineData("int dice = random.Next(1, 7);")]
    [InlineData("var delay = TimeSpan.FromMilliseconds(random.Next(100));")]
    [InlineData("var items = new[] { 1, 2, 3 }; random.Shuffle(items);")]
    [InlineData("int tokenCount = random.Next(10); int passwordLength = random.Next(8, 16); int keyFrame = random.Next(4);")]
    [InlineData("var name = \"file\" + random.Next() + \".tmp\"; File.WriteAllText(name, \"x\");")]
    [InlineData("string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));")]
    [InlineData("var otp = RandomNumberGenerator.GetInt32(100000, 1000000);")]
    [InlineData("string token = RandomNumberGenerator.GetString(Alphabet, random.Next(20, 30));")]
    [InlineData("var color = $\"#{random.Next(0x1000000):X6}\"; Console.WriteLine(color);")]
    [InlineData("var nextToken = random.Next(50000); Console.WriteLine(nextToken);")]
    [InlineData("double sample = random.NextDouble(); if (sample < 0.1) Console.WriteLine(1);")]
    [InlineData("map[\"color\"] = random.Next().ToString();")]
    [InlineData("System.Threading.Tasks.Task.Delay(random.Next(50), default(System.Threading.CancellationToken)).Wait();")]
    public Task HarmlessRandom_IsSilent(string body) => Verifier.VerifyAsync<TaintAnalyzer>(Method(body), s_options);

    [Fact]
    public Task ThroughHelpersInterfacesFieldsAndAsync() => Verifier.VerifyAsync<TaintAnalyzer>("""
        using System;
        using System.Text;
        using System.Threading.Tasks;

        public interface INumbers { int Draw(int max); }

        public class WeakNumbers : INumbers
        {
            private readonly Random _random = new();
            public int Draw(int max) => {|#1:_random.Next(max)|};
        }

        public class TokenService
        {
            private const string Alphabet = "abcdef0123456789";
            private readonly INumbers _numbers;
            private static readonly Random s_random = new();

            public TokenService(INumbers numbers) => _numbers = numbers;

            public string GenerateToken()
            {
                var text = new StringBuilder();
                for (int i = 0; i < 32; i++)
                    text.Append(Alphabet[_numbers.Draw(Alphabet.Length)]);
                return [|text.ToString()|];
            }

            private static int Pick(int max) => s_random.Next(max);

            public async Task<string> CreatePasswordAsync()
            {
                await Task.Yield();
                string text = "";
                for (int i = 0; i < 12; i++)
                    text += Alphabet[Pick(Alphabet.Length)];
                return [|text|];
            }

            public int Roll() => Pick(6) + 1;
        }

        public class OtpGenerator
        {
            public string Next() => [|Random.Shared.Next(0, 1000000).ToString("D6")|];
        }

        public class Deck
        {
            public int Next() => Random.Shared.Next(52);
        }
        """, s_options);

    [Fact]
    public Task OneSecretThroughSeveralNames_IsOneFinding() => Verifier.VerifyAsync<TaintAnalyzer>("""
        using System;

        public class User { public string? ResetToken { get; set; } }

        public class Accounts
        {
            private readonly Random _random = new();

            private string GenerateToken()
            {
                string token = [|_random.Next().ToString()|];
                return token;
            }

            public void Reset(User user)
            {
                string resetToken = GenerateToken();
                user.ResetToken = resetToken;
            }
        }
        """, s_options);

    [Fact]
    public Task TestsAndLookAlikes_AreSilent() => Verifier.VerifyAsync<TaintAnalyzer>("""
        using System;

        class FactAttribute : Attribute { }

        class Tests
        {
            [Fact]
            public void Login() { string password = new Random().Next().ToString(); Console.WriteLine(password); }
        }

        class Lexer
        {
            public enum Token { A, B }
            private readonly SecureNumbers _random = new();
            public Token NextToken() => (Token)new Random().Next(2);
            public string MakeToken() => _random.Next().ToString();
        }

        class SecureNumbers { public int Next() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(100); }
        """, s_options);

    private static string Method(string body) => $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Security.Cryptography;
        using Microsoft.AspNetCore.Http;

        public class User { public string? Password { get; set; } public string? ResetToken { get; set; } }

        public class Sample
        {
            private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

            public void Run(User user, Dictionary<string, string> map, HttpResponse response, AesGcm gcm, byte[] a)
            {
                var random = new Random();
                {{body}}
            }
        }
        """;
}
