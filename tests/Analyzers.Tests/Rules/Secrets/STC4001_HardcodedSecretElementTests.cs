using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Secrets;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Secrets;

/// <summary>Literals that travel as an element of a tuple, array or collection, or through a helper that several callers share.</summary>
public sealed class STC4001_HardcodedSecretElementTests
{
    [Fact]
    public Task Tuples_KeepTheirElementsApart() => Verify("""
        using System.Net;
        using System.Threading.Tasks;
        class Sample
        {
            (string, string) Pair() => ("robot", [|"quartz-1"|]);
            (string User, string Word) Named() => ("robot", [|"quartz-2"|]);
            async Task<(string User, string Word)> LoadAsync() { await Task.Yield(); return ("robot", [|"quartz-3"|]); }
            object A() { var (user, word) = Pair(); return new NetworkCredential(user, word); }
            object B() { var account = Named(); return new NetworkCredential(account.User, account.Word); }
            object C() => new NetworkCredential("me", Named().Word);
            async Task<object> D() { var (user, word) = await LoadAsync(); return new NetworkCredential(user, word); }
            bool E(string user, string password) => (user, password) is ("root", [|"quartz-4"|]);
            bool F(string user, string password) => (user, password) switch { ("root", [|"quartz-5"|]) => true, _ => false };
            (string User, string Word) FromInput(string typed) => ("robot-account-9", typed);
            object Silent(string typed) { var account = FromInput(typed); return new NetworkCredential(account.User, account.Word); }
        }
        """);

    [Fact]
    public Task ArraysAndCollections_KeepKnownElementsApart() => Verify("""
        using System.Collections.Generic;
        using System.Net;
        class Sample
        {
            static readonly string[] s_account = ["robot", [|"quartz-1"|]];
            static readonly string[] s_words = { [|"quartz-2"|], [|"quartz-3"|] };
            static readonly Dictionary<string, string> s_map = new() { ["x"] = [|"quartz-4"|], ["title"] = "Welcome back 7" };
            readonly Dictionary<int, string> _added = new() { { 1, [|"quartz-5"|] }, { 2, "second page" } };
            object A() => new NetworkCredential(s_account[0], s_account[1]);
            object B(int i) => new NetworkCredential("me", s_words[i]);
            object C() => new NetworkCredential("me", s_map["x"]);
            object D() => new NetworkCredential("me", _added[1]);
            void E() { foreach (var word in new[] { [|"quartz-6"|], [|"quartz-7"|] }) _ = new NetworkCredential("me", word); }
            IEnumerable<string> Words() { yield return [|"quartz-8"|]; }
            void F() { foreach (string word in Words()) _ = new NetworkCredential("me", word); }
            object G() { var list = new List<string>(); list.Add([|"quartz-9"|]); return new NetworkCredential("me", list[0]); }
        }
        """);

    [Fact]
    public Task DictionaryUnderAKeyThatVaries_KnownFalseNegative() => Verify("""
        using System.Collections.Generic;
        using System.Net;
        class Sample
        {
            static readonly Dictionary<string, string> s_map = new() { ["robot"] = "quartz-4" };
            object A(string user) => new NetworkCredential(user, s_map[user]);
        }
        """);

    [Fact]
    public Task HelpersThatGiveBackWhatTheyGet_BlameTheirOwnCaller() => Verify("""
        using System;
        using System.Net;
        using System.Text;
        static class Extensions { public static string Or(this string? text, string other) => string.IsNullOrEmpty(text) ? other : text; }
        class Sample
        {
            static string Clean(string text) { var copy = text.Trim(); return copy; }
            static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
            static string Twice(string text) => Clean(Clean(text));
            string Title() => Clean("Welcome back 77") + Twice("Good bye 88");
            object A() => new NetworkCredential("me", Clean([|"quartz-1 "|]));
            object B() => new NetworkCredential("me", Decode([|"cXVhcnR6LTI="|]));
            object C() => new NetworkCredential("me", Twice([|"quartz-3"|]));
            object D() => new NetworkCredential("me", Environment.GetEnvironmentVariable("X").Or([|"quartz-4"|]));
            static T Same<T>(T value) => value;
            object E() => new NetworkCredential(Same("robot-account-9"), Same([|"quartz-5"|]));
            object Silent(string typed) => new NetworkCredential(Clean("robot-account-9"), Clean(typed));
            string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException(name);
            object LookedUp() => new NetworkCredential(Setting("MQ_USER_1"), Setting("MQ_WORD_1"));
        }
        """);

    [Fact]
    public Task PlacesNamedLikeCredentials_ReceiveLiteralsOfAnyName() => Verify("""
        using System.Threading.Tasks;
        class Mailbox { public string Host { get; set; } = ""; public string Password { get; set; } = ""; }
        class Broker { public Task ConnectAsync(string user, string password) => Task.CompletedTask; public void Show(string title) { } }
        class Sample
        {
            object A() { string word = [|"quartz-1"|]; return new Mailbox { Host = "mx1", Password = word }; }
            async Task B(Broker broker) { const string w = [|"quartz-2"|]; await broker.ConnectAsync("robot", w); }
            void Silent(Broker broker, string typed)
            {
                string title = "quartz-3";
                broker.Show(title);
                string prompt = "Password";
                broker.ConnectAsync("robot", prompt);
                broker.ConnectAsync("robot", typed);
            }
        }
        """);

    [Fact]
    public Task KeyParameters_OfCryptographyThatNobodyKnowsByName() => Verify("""
        using System;
        using System.Text;
        interface IBlockCipher { byte[] Run(byte[] key, byte[] data); }
        class TokenSigner(byte[] key) { public int Size => key.Length; }
        class ServiceKeyCredential { public ServiceKeyCredential(string key) { } }
        interface IKeyValueStore { void Put(byte[] key, byte[] value); }
        class SignatureVerifier(byte[] key) { public int Size => key.Length; }
        class Cache { public object? Find(string key) => null; }
        class Sample
        {
            byte[] A(IBlockCipher cipher, byte[] data) => cipher.Run(Convert.FromBase64String([|"q83vEjRWeJCrze8SNFZ4kA=="|]), data);
            object B() => new TokenSigner(Encoding.UTF8.GetBytes([|"pale otters sing at noon"|]));
            object C() => new TokenSigner([|[17, 22, 5, 99, 3, 4, 8, 1, 200, 201, 33, 44, 5, 6, 7, 8]|]);
            object D() { string word = [|"pale otters sing at dusk"|]; return new TokenSigner(Encoding.UTF8.GetBytes(word)); }
            object E() => new ServiceKeyCredential([|"e1c2d9f0a7b84356b0c1d2e3f4a5968b"|]);
            void Silent(IKeyValueStore store, Cache cache)
            {
                store.Put(Encoding.UTF8.GetBytes("settings/theme-2"), "dark-mode-7"u8.ToArray());
                cache.Find("user:42:profile");
                _ = new SignatureVerifier(Convert.FromBase64String("q83vEjRWeJCrze8SNFZ4kA=="));
            }
        }
        """);

    [Fact]
    public Task Setters_AreNamedForWhatTheySet() => Verify("""
        using System.Net;
        using System.Threading.Tasks;
        class Client { public void SetPassword(string value) { } public Client WithApiKey(string v) => this; public Client WithTitle(string v) => this; }
        class Holder { string _word = ""; public string Phrase { set => _word = value; } public object Make() => new NetworkCredential("me", _word); }
        class Sample
        {
            ValueTask<string> Word() => new([|"quartz-1"|]);
            async Task<object> A() => new NetworkCredential("me", await Word());
            void B(Client client) { client.SetPassword([|"quartz-2"|]); client.WithTitle("quartz-3").WithApiKey([|"9c1f3b7a2d44e0aa77"|]); }
            void C(Holder holder) => holder.Phrase = [|"quartz-4"|];
            string Lines() => [|"DB_HOST=db1\nDB_PASSWORD=Quartz5pine\nDB_NAME=shop"|];
        }
        """);

    [Fact]
    public Task VerbsCodesAndMetrics_AreSilent() => Verify("""
        using System.Collections.Generic;
        class ErrorCodes { public const string PasswordTooShort = "PWD_001"; }
        class Sample
        {
            const string TempDataKey = "tmp:cart2";
            const string TokenKey = "graph-token-v2";
            void Keyed(System.Func<object, object> resolve) { object Get(object serviceKey) => resolve(serviceKey); Get("primary-db-2"); }
            const string SecretGauge = "vault_secret_age_seconds";
            const string UseApiKeys = "ff_api_keys_2024";
            static readonly Dictionary<string, string> s_texts = new() { ["ResetPassword"] = "Zresetuj", ["EnterPassword"] = "Wpisz" };
        }
        """);

    [Fact]
    public Task StackAllocatedKeys_KnownFalseNegative() => Verify("""
        using System;
        using System.Security.Cryptography;
        class Sample { object A() { Span<byte> raw = stackalloc byte[16] { 9, 8, 7, 66, 5, 4, 33, 2, 1, 10, 11, 212, 13, 14, 15, 16 }; return new AesGcm(raw, 16); } }
        """);

    [Fact]
    public Task NamesOfPartsOfDocuments_AndWordsOfTheName_AreSilent() => Verify("""
        class Sample
        {
            const string ElemPassword1 = "Passwort1";
            const string AttrPassword = "prot_Password2";
            const string IoCredPassword = "iopassword";
            const string ColumnSecretKey = "secret_key_v2";
            void M(string apiKey) => throw new System.InvalidOperationException("apiKey=missing");
            void Real() => System.Environment.SetEnvironmentVariable("PGPASSWORD", [|"quartz-1"|]);
        }
        """);

    private static Task<ImmutableArray<Diagnostic>> Verify(string source) => Verifier.VerifyAsync<HardcodedSecretAnalyzer>(source);
}
