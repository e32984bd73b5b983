using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Rules.Secrets;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Secrets;

/// <summary>Credentials that are put together from parts: formats, lists, builders, constants.</summary>
public sealed class STC4001_HardcodedSecretJoinTests
{
    [Fact]
    public Task ConstantParts_OnTheWayIntoACredential_AreReportedAsAWhole() => Verify("""
        using System.Net;
        using System.Text;
        class Sample
        {
            const string First = "amber";
            const string Second = "Fjord31";
            static readonly string s_third = "moss";
            object A() => new NetworkCredential("me", [|First + Second|]);
            object B() => new NetworkCredential("me", [|string.Concat(First, s_third)|]);
            object C() => new NetworkCredential("me", [|$"{First}/{Second}"|]);
            object D() => new NetworkCredential("me", [|string.Format("{1}{0}", "quartz", 'u')|]);
            object E() => new NetworkCredential("me", [|string.Join("~", "quartz", "pine", 7)|]);
            object F() => new NetworkCredential("me", [|string.Join("", new[] { "quartz", "pine" })|]);
            object G() { var joined = [|First + Second|]; return new NetworkCredential("me", joined); }
        }
        """);

    [Fact]
    public Task Builders_WhoseWholeTextIsConstant_AreReportedWhereTheTextIsTaken() => Verify("""
        using System.Net;
        using System.Text;
        class Sample
        {
            object A() { var text = new StringBuilder("amb"); text.Append("er").Append('7').AppendFormat("-{0}", 12); return new NetworkCredential("me", [|text.ToString()|]); }
            object B() => new NetworkCredential("me", [|new StringBuilder().Append("quartz").Append("pine").ToString()|]);
            string C(string host)
            {
                var text = new StringBuilder();
                text.Append("Server=").Append(host);
                text.Append(";User Id=app;Password=");
                text.Append([|"quartz-Pine7"|]);
                text.Append(";Encrypt=true");
                return text.ToString();
            }
            object FromInput(string typed) { var text = new StringBuilder("amb"); text.Append(typed); return new NetworkCredential("me", text.ToString()); }
            object FromElsewhere() { var text = new StringBuilder("amb"); Fill(text); return new NetworkCredential("me", text.ToString()); }
            object Changed(string typed) { var text = new StringBuilder("amb{p}"); text.Replace("{p}", typed); return new NetworkCredential("me", text.ToString()); }
            void Fill(StringBuilder text) { }
            string Mail(string name) => new StringBuilder().Append("Dear ").Append(name).Append(", your password was changed.").ToString();
        }
        """);

    [Fact]
    public Task ConnectionStringsAndUrls_WithParts_AreReportedAtTheSecret() => Verify("""
        class Sample
        {
            const string Word = "quartz-Pine7";
            string A(string host) => string.Format("Server={0};User Id=app;Password={1};", host, [|"quartz-Pine7"|]);
            string B(string host) => string.Format([|"Server={0};User Id=app;Password=quartz-Pine7;"|], host);
            string C(string host) => [|$"Host={host};Username=app;Password={Word}"|];
            string D(string host) => [|$"amqp://worker:quartzPine7@{host}:5672/jobs"|];
            string Silent(string host, string word) => string.Format("Server={0};User Id=app;Password={1};", host, word);
            string Template(string user, string word, string host) => $"amqp://{user}:{word}@{host}/jobs";
        }
        """);

    [Fact]
    public Task UserAndPassword_OfAnAuthorizationHeader_AreReportedAtThePassword() => Verify("""
        using System;
        using System.Net.Http.Headers;
        using System.Text;
        class Sample
        {
            object A(string user) => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes([|$"{user}:quartz-pine"|])));
            object B() => new AuthenticationHeaderValue("Basic", Pair("robot", [|"quartz-pine"|]));
            static string Pair(string user, string word) => Convert.ToBase64String(Encoding.UTF8.GetBytes(user + ":" + word));
            object Silent(string user, string word) => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{word}")));
            object UserOnly(string word) => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"robot:{word}")));
            byte[] Address(string host) => Encoding.UTF8.GetBytes(host + ":" + "8080");
        }
        """);

    // The order of calls is that of the source: what a loop or a branch adds is not told from what is always added.
    [Fact]
    public Task BuilderInAField_KnownFalseNegative() => Verify("""
        using System.Net;
        using System.Text;
        class Sample
        {
            private readonly StringBuilder _text = new();
            object A() { _text.Append("quartz"); return new NetworkCredential("me", _text.ToString()); }
        }
        """);

    private static Task<ImmutableArray<Diagnostic>> Verify(string source) => Verifier.VerifyAsync<HardcodedSecretAnalyzer>(source);
}
