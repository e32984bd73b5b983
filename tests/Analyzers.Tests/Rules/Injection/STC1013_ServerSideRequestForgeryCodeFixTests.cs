using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1013_ServerSideRequestForgeryCodeFixTests
{
    [Fact]
    public Task PathSegment_IsEncoded() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, ServerSideRequestForgeryCodeFix>(
        "STC1013",
        """
        public Task A(string id, HttpClient client) => client.GetAsync([|"https://example.com/items/" + id|]);
        public Task B(string id, HttpClient client) => client.GetAsync([|$"https://example.com/items/{id}/details"|]);
        """,
        """
        public Task A(string id, HttpClient client) => client.GetAsync("https://example.com/items/" + Uri.EscapeDataString(id));
        public Task B(string id, HttpClient client) => client.GetAsync($"https://example.com/items/{Uri.EscapeDataString(id)}/details");
        """);

    [Fact]
    public Task Host_IsLeft() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, ServerSideRequestForgeryCodeFix>(
        "STC1013",
        """
        public Task A(string url, HttpClient client) => client.GetAsync([|url|]);
        """);
}
