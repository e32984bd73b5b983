using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Secrets;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Secrets;

/// <summary>Literals that reach a credential, whatever they are called.</summary>
public sealed class STC4001_HardcodedSecretFlowTests
{
    [Fact]
    public Task DirectArguments_AreReported() => Verify("""
        using System.Net;
        using System.Net.Http.Headers;
        using System.Security.Cryptography;
        using System.Security.Cryptography.X509Certificates;
        using System.Text;
        class Sample
        {
            void M(byte[] data, byte[] salt)
            {
                var a = new NetworkCredential("me", [|"abc"|]);
                NetworkCredential b = new("me", [|"abc"|], "domain");
                var c = new NetworkCredential { UserName = "me", Password = [|"abc"|] };
                var d = new AuthenticationHeaderValue("Bearer", [|"abc"|]);
                var e = new AuthenticationHeaderValue("Basic", System.Convert.ToBase64String(Encoding.ASCII.GetBytes([|"me:abc"|])));
                var f = new HMACSHA256(Encoding.UTF8.GetBytes([|"abc"|]));
                var g = HMACSHA256.HashData([|"abc"u8|], data);
                var h = Rfc2898DeriveBytes.Pbkdf2([|"abc"|], salt, 600_000, HashAlgorithmName.SHA256, 32);
                using var aes = Aes.Create();
                aes.Key = [|new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 }|];
                aes.Key = System.Convert.FromBase64String([|"AAECAwQFBgcICQoLDA0ODw=="|]);
                aes.Key = SHA256.HashData(Encoding.UTF8.GetBytes([|"abc"|]));
                var i = new AesGcm([|[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]|], 16);
                var j = X509CertificateLoader.LoadPkcs12FromFile("a.pfx", [|"abc"|]);
            }
        }
        """);

    [Fact]
    public Task ThroughLocalsFieldsAndConstants_IsReportedAtTheLiteral() => Verify("""
        using System.Net;
        using System.Security.Cryptography;
        using System.Text;
        class Constants { public const string P = [|"abc1"|]; public static readonly string Q = [|"abc2"|]; }
        class Sample
        {
            private readonly string _x = [|"abc3"|];
            private readonly string _y;
            private static string Z => [|"abc4"|];
            private readonly byte[] _bytes = Encoding.UTF8.GetBytes([|"abc5"|]);
            public Sample() => _y = [|"abc6"|];
            void M(bool flag)
            {
                var text = [|"abc7"|];
                var copy = text;
                _ = new NetworkCredential("me", copy);
                _ = {|#1:new NetworkCredential("me", Constants.P)|};
                _ = new NetworkCredential("me", Constants.Q);
                _ = new NetworkCredential("me", _x);
                _ = new NetworkCredential("me", _y);
                _ = new NetworkCredential("me", Z);
                using var aes = Aes.Create();
                aes.Key = _bytes;
                string late;
                if (flag) late = [|"abc8"|]; else late = System.Environment.GetEnvironmentVariable("X")!;
                _ = new NetworkCredential("me", late);
            }
        }
        """);

    [Fact]
    public Task ThroughMethodsInterfacesAndRecords_IsReportedAtTheLiteral() => Verify("""
        using System.Net;
        using System.Threading.Tasks;
        interface IConnector { Task Open(string user, string x); }
        class Connector : IConnector
        {
            private readonly string _kept;
            public Connector(string kept) => _kept = kept;
            public Task Open(string user, string x) { _ = new NetworkCredential(user, x); return Task.CompletedTask; }
            public object Again() => new NetworkCredential("me", _kept);
            public static string Value() => [|"abc1"|];
        }
        record Login(string User, string Word);
        class Sample
        {
            async Task M(IConnector connector)
            {
                await connector.Open("me", [|"abc2"|]);
                var c = new Connector([|"abc3"|]);
                _ = new NetworkCredential("me", Connector.Value());
                var login = new Login("me", [|"abc4"|]);
                _ = new NetworkCredential(login.User, login.Word);
                Local([|"abc5"|]);
                void Local(string x) => Inner(x);
                void Inner(string x) => _ = new NetworkCredential("me", x);
            }
        }
        """);

    [Fact]
    public Task SecureString_CharacterByCharacter_IsReportedOnce() => Verify("""
        using System.Security;
        class Sample
        {
            SecureString A() { var s = new SecureString(); foreach (char c in [|"abc1"|]) s.AppendChar(c); return s; }
            SecureString B() { var s = new SecureString(); s.AppendChar([|'a'|]); s.AppendChar('b'); s.AppendChar('c'); return s; }
            SecureString C(string typed) { var s = new SecureString(); foreach (char c in typed) s.AppendChar(c); return s; }
        }
        """);

    [Fact]
    public Task ValuesFromElsewhere_AreSilent() => Verify("""
        using System;
        using System.IO;
        using System.Net;
        using System.Security.Cryptography;
        using System.Text;
        class Sample
        {
            void M(string password, Func<string> ask, byte[] data)
            {
                _ = new NetworkCredential("me", password);
                _ = new NetworkCredential("me", Environment.GetEnvironmentVariable("SMTP_PASSWORD"));
                _ = new NetworkCredential("me", File.ReadAllText("/run/secrets/smtp"));
                _ = new NetworkCredential("me", ask());
                _ = new NetworkCredential("me", "");
                _ = new NetworkCredential("me", "<password>");
                using var aes = Aes.Create();
                aes.Key = RandomNumberGenerator.GetBytes(32);
                var key = new byte[32];
                RandomNumberGenerator.Fill(key);
                aes.Key = key;
                _ = SHA256.HashData(Encoding.UTF8.GetBytes("abc"));
                var label = "abc";
                Console.WriteLine(label);
            }
        }
        """);

    [Fact]
    public Task AuthorizationScheme_InFrontOfTheValue_MakesItACredential() => Verify("""
        using System;
        using System.Text;
        class Sample
        {
            private readonly string _x = [|"abc1"|];
            private static readonly byte[] Key = Encoding.UTF8.GetBytes([|"abc3"|]);
            string A() => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes([|"admin:abc2"|]));
            string B() => $"Bearer {_x}";
            string C(string user, string word) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{word}"));
            string D(string what) => "Basic knowledge of " + what;
            object E() => new System.Security.Cryptography.HMACSHA256(Key);
        }
        """);

    [Fact]
    public Task ThroughAsyncLazyDelegatesOutputAndInheritance_IsReportedAtTheLiteral() => Verify("""
        using System;
        using System.Net;
        using System.Text;
        using System.Security.Cryptography;
        using System.Threading.Tasks;
        interface IKeySource { byte[] Fetch(); }
        class StaticKeySource : IKeySource { public byte[] Fetch() => Encoding.UTF8.GetBytes([|"abc1"|]); }
        abstract class Sender
        {
            protected abstract string Word { get; }
            public ICredentials Make() => new NetworkCredential("me", Word);
        }
        class SmtpSender : Sender { protected override string Word => [|"abc2"|]; }
        static class Extensions { public static ICredentials ToCredential(this string text) => new NetworkCredential("me", text); }
        class Sample(string primary)
        {
            private readonly Lazy<string> _lazy = new(() => [|"abc3"|]);
            private readonly Func<string> _function = () => { return [|"abc4"|]; };
            byte[] Sign(IKeySource source, byte[] data) => HMACSHA256.HashData(source.Fetch(), data);
            object A() => [|"abc5"|].ToCredential();
            async Task<string> LoadAsync() { await Task.Yield(); return [|"abc6"|]; }
            async Task<object> B() => new NetworkCredential("me", await LoadAsync().ConfigureAwait(false));
            object C() => new NetworkCredential("me", _lazy.Value);
            object D() => new NetworkCredential("me", _function());
            void Give(out string x) => x = [|"abc7"|];
            object E() { Give(out var x); return new NetworkCredential("me", x); }
            object F() => new NetworkCredential("me", primary);
            static Sample G() => new([|"abc8"|]);
            object H(string x = [|"abc9"|]) => new NetworkCredential("me", x);
        }
        """);

    [Fact]
    public Task GeneralMembers_DoNotMixObjects() => Verify("""
        using System.Net;
        class Pair { public string Key { get; set; } = ""; public string Value { get; set; } = ""; }
        class Sample
        {
            object A() => new Pair { Key = "colour", Value = "red" };
            object B(Pair pair) => new NetworkCredential(pair.Key, pair.Value);
        }
        class Asn1(byte tag, byte[] data) { private readonly byte[] _data = data; public byte Tag => tag; public byte[] Value => _data; }
        class Settings { public byte[] Key { get; set; } = [|[9, 77, 201, 4, 66, 12, 99, 180, 31, 6, 7, 45, 222, 17, 54, 3]|]; }
        class Formats
        {
            Asn1 Obsolete() => new(0x30, [3, 1, 0, 160, 32, 162, 30, 128, 28, 0, 60, 0]);
            void Use(System.Security.Cryptography.Aes aes, Asn1 node, Settings settings) { aes.Key = node.Value; aes.Key = settings.Key; }
        }
        """);

    private static Task<ImmutableArray<Diagnostic>> Verify(string source) => Verifier.VerifyAsync<HardcodedSecretAnalyzer>(source);
}
