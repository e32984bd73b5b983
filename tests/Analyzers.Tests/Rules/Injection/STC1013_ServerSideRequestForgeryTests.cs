using System.Globalization;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.Testing;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1013_ServerSideRequestForgeryTests
{
    [Theory]
    [InlineData("""public Task<string> A(string url, HttpClient client) => client.GetStringAsync([|url|]);""")]
    [InlineData("""public Task A(string host, HttpClient client) => client.GetAsync([|$"https://{host}/status"|]);""")]
    [InlineData("""public void A(string url) => WebRequest.Create([|url|]);""")]
    [InlineData("""public Task A(string url, HttpClient client) => client.SendAsync(new HttpRequestMessage(HttpMethod.Get, [|url|]));""")]
    [InlineData("""public Task A(string url, HttpClient client) { var uri = new Uri(url); return client.GetAsync([|uri|]); }""")]
    [InlineData("""public void A(string host) => new System.Net.Sockets.TcpClient().Connect([|host|], 80);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1013", members);

    [Theory]
    [InlineData("""public Task A(string id, HttpClient client) => client.GetAsync("https://example.com/items/" + Uri.EscapeDataString(id));""")]
    [InlineData("""public Task A(string id, HttpClient client) => client.GetAsync("https://example.com/items?id=" + id);""")]
    [InlineData("""public Task A(int id, HttpClient client) => client.GetAsync($"items/{id}");""")]
    [InlineData("""public Task A(int id, HttpClient client) => client.GetAsync($"https://{id}.example.com/");""")]
    [InlineData("""private static readonly HashSet<string> s_hosts = ["a.example.com"]; public Task A(string url, HttpClient client) { var uri = new Uri(url); if (!s_hosts.Contains(uri.Host)) return Task.CompletedTask; return client.GetAsync(uri); }""")]
    [InlineData("""public Task A(string url, HttpClient client) { if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host != "example.com") return Task.CompletedTask; return client.GetAsync(uri); }""")]
    [InlineData("""private class Client { public void GetAsync(string u) { } } public void A(string url) => new Client().GetAsync(url);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1013", members);

    [Theory]
    [InlineData("""public Task A(string id, HttpClient client) => client.GetAsync("https://example.com/items/" + id);""")]
    [InlineData("""public Task A(string id, HttpClient client) => client.GetAsync($"items/{id}");""")]
    public async Task InputBehindAFixedHost_IsInformation(string members)
    {
        VerifierOptions options = VerifierOptions.Default with { Ids = ["STC1013"] };
        Diagnostic found = Assert.Single(await Verifier.FindAsync<TaintAnalyzer>("using System.Net.Http; using System.Threading.Tasks; public class HomeController : Microsoft.AspNetCore.Mvc.Controller { " + members + " }", options));

        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Contains("decides the path", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
