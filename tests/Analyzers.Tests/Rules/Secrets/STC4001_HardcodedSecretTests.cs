using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Secrets;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Secrets;

/// <summary>Secrets by format and by name.</summary>
public sealed class STC4001_HardcodedSecretTests
{
    // Built from parts: the sources of this project hold no token that a scanner would stop.
    private const string GitHub = "ghp" + "_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17";
    private const string Stripe = "sk" + "_live_" + "4eC39HqLyjWDarjtT1zdp7dcTY";
    private const string Aws = "AK" + "IAQYLPMN5HHHFPZAM2";

    [Theory]
    [InlineData(GitHub)]
    [InlineData(Stripe)]
    [InlineData(Aws)]
    [InlineData("sk-" + "1234567890abcdef")]
    [InlineData("Server=db;Database=shop;User Id=sa;Password=Tr0ub4dor")]
    [InlineData("https://deploy:hunter2x@git.internal/repo.git")]
    public Task ProviderFormat_InAnyLiteral_IsReported(string secret) => Verify($$"""
        class Sample
        {
            [System.Obsolete([|"{{secret}}"|])]
            static readonly object o = [|"{{secret}}"|];
            void M(object x = null, string s = [|"{{secret}}"|])
            {
                System.Console.WriteLine([|"{{secret}}"|]);
                System.ReadOnlySpan<byte> bytes = [|"{{secret}}"u8|];
                x = [|@"{{secret}}"|];
                x = [|$"{{secret}}"|];
            }
        }
        """);

    [Theory]
    [InlineData("AK" + "IAIOSFODNN7EXAMPLE")]
    [InlineData("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("Server=db;Database=shop;Integrated Security=true")]
    [InlineData("Server=db;User Id=sa;Password=")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("a8f5f167f44f4964e6c998dee827110c")]
    [InlineData("PublicKeyToken=b77a5c561934e089")]
    [InlineData("Password:")]
    [InlineData("The password is wrong.")]
    public Task LookAlike_IsSilent(string text) => Verify($$"""
        class Sample { object M() => "{{text}}"; }
        """);

    [Fact]
    public Task SplitToken_IsReportedOnce() => Verify($$"""
        class Sample
        {
            const string Head = "{{GitHub[..14]}}";
            object A() => [|"{{GitHub[..10]}}" + "{{GitHub[10..]}}"|];
            object B() => [|Head + "{{GitHub[14..]}}"|];
            object C() { var head = "{{GitHub[..14]}}"; return [|head + "{{GitHub[14..]}}"|]; }
            object D() => [|string.Concat("{{GitHub[..10]}}", "{{GitHub[10..]}}")|];
            object E() { var head = "{{GitHub[..14]}}"; return [|$"{head}{{GitHub[14..]}}"|]; }
        }
        """);

    [Fact]
    public Task ConnectionString_AssembledFromVariables_PasswordPartDecides() => Verify("""
        class Sample
        {
            string A(string host) => "Server=" + host + [|";User Id=sa;Password=hunter2x"|];
            string B(string host) => [|$"Server={host};User Id=sa;Password=hunter2x"|];
            string C(string host, string pwd) => $"Server={host};User Id=sa;Password={pwd}";
            string D(string host, string pwd) => "Server=" + host + ";User Id=sa;Password=" + pwd;
            string E(string pwd) => string.Format("Server=db;User Id=sa;Password={0};Encrypt=true", pwd);
        }
        """);

    [Fact]
    public Task Names_OfEveryKindOfPlace_AreReported() => Verify("""
        using System.Collections.Generic;
        using System;
        class Sample
        {
            const string DbPassword = [|"hunter2"|];
            static readonly string s_apiKey = [|"a1b2c3d4e5f6"|];
            string Password { get; set; } = [|"letmein"|];
            string ClientSecret => [|"abcdef123456"|];
            string GetPassword() => [|"hunter2"|];
            string GetToken() { return "token"; }
            void Login(string user, string password = [|"hunter2"|]) { }
            void M(Dictionary<string, string> map, bool flag)
            {
                var pwd = [|"hunter2"|];
                pwd = [|"hunter3"|];
                string passwd = flag ? [|"hunter2"|] : "";
                Login("me", [|"s3cr3t"|]);
                Login(password: [|"s3cr3t"|], user: "me");
                map["Smtp:Password"] = [|"hunter2"|];
                map.Add("password", [|"hunter2"|]);
                var other = new Dictionary<string, string> { ["apiKey"] = [|"a1b2c3d4e5f6"|] };
            other = new() { { "client_secret", [|"a1b2c3d4e5f6"|] } };
                var anonymous = new { user = "me", password = [|"hunter2"|] };
                (string user, string password) tuple = ("me", [|"hunter2"|]);
                var named = (user: "me", password: [|"hunter2"|]);
                Environment.SetEnvironmentVariable("DB_PASSWORD", [|"hunter2"|]);
                var configured = Environment.GetEnvironmentVariable("JWT_SECRET") ?? [|"fallback-signing-secret-1"|];
                byte[] encryptionKey = [|new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }|];
                byte[] aesKey = [|[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]|];
                byte[] signingKey = System.Text.Encoding.UTF8.GetBytes([|"my-super-secret-signing-key"|]);
            }
        }
        """);

    [Fact]
    public Task Comparison_WithPassword_IsReported() => Verify("""
        class Sample
        {
            bool A(string password) => password == [|"admin123"|];
            bool B(string password) => [|"admin123"|].Equals(password);
            bool C(string password) => string.Equals(password, [|"admin123"|], System.StringComparison.Ordinal);
            bool D(string password) => password is [|"admin123"|] or [|"root123"|];
            bool E(string password) { switch (password) { case [|"admin123"|]: return true; default: return false; } }
            bool F(string password) => password switch { [|"admin123"|] => true, _ => false };
            bool G(string password) => password == "" || password != null;
            bool H(string grantType) => grantType == "password";
            bool I(string passwordType) => passwordType == "text1234";
            bool J(string kind) => kind is "password" or "secret";
        }
        """);

    [Fact]
    public Task NamesAboutCredentials_AreSilent() => Verify("""
        using System;
        using System.Collections.Generic;
        class Sample
        {
            const string PasswordLabel = "Password1:";
            const string PasswordKey = "Smtp2:Password";
            const string ApiKeyHeaderName = "X-Api-Key2";
            const string Password = "Password";
            const string AccessToken = "access_token";
            const string PasswordResetUrl = "/account/reset2";
            const string InvalidPassword = "InvalidPassword2";
            const string PasswordPattern = "^[a-zA-Z0-9]{8,}$";
            const string ApiKeyEnvironmentVariable = "API_KEY2";
            string password = "";
            string? secret = null;
            string apiKey = "<your-api-key>";
            string clientSecret = "${CLIENT_SECRET}";
            string token = "identifier";
            string passwordHash = "a8f5f167f44f4964e6c998dee827110c";
            string cacheKey = "user:12345:abcdef0123456789";
            string publicKeyToken = "b77a5c561934e089";
            void M(IDictionary<string, string> config)
            {
                var pwd = config["Smtp:Password2"];
                var key = Environment.GetEnvironmentVariable("API_KEY_2");
                throw new ArgumentException("The password is too short", nameof(pwd));
            }
        }
        static class ClaimNames { public const string Password = "pwd_claim"; public const string ClientSecret = "csecret"; }
        """);

    [Fact]
    public Task AuthorizationHeader_WithValue_IsReported() => Verify("""
        using System.Net.Http;
        class Sample
        {
            void M(HttpClient client, HttpRequestMessage request, string token)
            {
                client.DefaultRequestHeaders.Add("Authorization", [|"Bearer abcdef123456"|]);
                client.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", [|"a1b2c3d4e5f6"|]);
                request.Headers.Add("Authorization", "Bearer " + token);
                request.Headers.Add("Authorization", $"Bearer {token}");
                request.Headers.Add("Accept", "application/json");
            }
        }
        """);

    [Fact]
    public Task TestClass_DummyValues_AreSilent_IssuedTokens_AreReported() => Verify($$"""
        using System;
        [AttributeUsage(AttributeTargets.Method)] class FactAttribute : Attribute { }
        class LoginTests
        {
            [Fact] public void Login() { var password = "hunter2"; var c = new System.Net.NetworkCredential("u", "pass"); var db = "Server=localhost;User Id=sa;Password=test"; }
            [Fact] public void Token() { var x = [|"{{GitHub}}"|]; }
        }
        """);

    [Fact]
    public Task BrokenCode_DoesNotThrow() => Verify("""
        class Sample { string password = [|"hunter2"|]; void M() { string secretKey; } }
        """);

    [Fact]
    public Task LookAlikeMembers_OfOtherTypes_AreSilent() => Verify("""
        class NetworkCredential { public NetworkCredential(string a, string b) { } }
        class Sample { object M() => new NetworkCredential("first", "second1"); }
        """);

    [Fact]
    public Task PassphraseOfUnrelatedWords_ByName_IsReported() => Verify("""
        class Sample { string passphrase = [|"correct horse battery staple"|]; string jwtSecret = [|"this is my very secret signing key"|]; }
        """);

    // A sentence that is a password reads like any other sentence; only where it goes gives it away.
    [Fact]
    public Task PassphraseThatIsASentence_ByNameOnly_KnownFalseNegative() => Verify("""
        class Sample { string passphrase = "the horse is in the stable"; }
        """);

    private static Task<ImmutableArray<Diagnostic>> Verify(string source) => Verifier.VerifyAsync<HardcodedSecretAnalyzer>(source);
}
