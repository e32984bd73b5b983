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
    [InlineData("""public Task A(string id, HttpClient client) => client.GetAsync("https://example.com/items/" + id);""")]
    [InlineData("""public Task A(string id, HttpClient client) => client.GetAsync($"items/{id}");""")]
    [InlineData("""public Task A(int id, HttpClient client) => client.GetAsync($"https://{id}.example.com/");""")]
    [InlineData("""private static readonly HashSet<string> s_hosts = ["a.example.com"]; public Task A(string url, HttpClient client) { var uri = new Uri(url); if (!s_hosts.Contains(uri.Host)) return Task.CompletedTask; return client.GetAsync(uri); }""")]
    [InlineData("""public Task A(string url, HttpClient client) { if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host != "example.com") return Task.CompletedTask; return client.GetAsync(uri); }""")]
    [InlineData("""private class Client { public void GetAsync(string u) { } } public void A(string url) => new Client().GetAsync(url);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1013", members);
}
