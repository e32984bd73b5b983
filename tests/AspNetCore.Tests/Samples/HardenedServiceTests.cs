using System.Net;
using System.Security.Cryptography;
using System.Text;
using HardenedService;
using HardenedService.Notes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SecurityToolchain.Runtime.Secrets;

namespace SecurityToolchain.AspNetCore.Tests.Samples;

/// <summary>The sample as a whole, over HTTP. Its sources are compiled into this project.</summary>
public sealed class HardenedServiceTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("stc-service-").FullName;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "hello.txt"), "hello");
        File.CreateSymbolicLink(Path.Combine(_root, "link"), "/etc/passwd");
        _app = Build(new() { ["Service:FileRoot"] = _root });
        await _app.StartAsync();
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Account_SignIn_Notes_WorkAndStayApart()
    {
        string anna = await SignInAsync("anna");
        string bert = await SignInAsync("bert");
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Put, "/notes/1", anna, "anna's secret plan")).Status);
        Assert.Equal((HttpStatusCode.OK, "anna's secret plan"), await SendAsync(HttpMethod.Get, "/notes/1", anna));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, "/notes/1", bert)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "/notes/1", null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "/notes/1", anna + "x")).Status);
        byte[] stored = Assert.Single(_app.Services.GetRequiredService<NoteStore>().Envelopes).Value;
        Assert.Equal(-1, stored.AsSpan().IndexOf("secret plan"u8));
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrUnknownUser_LookTheSame()
    {
        await SignInAsync("carl");
        (HttpStatusCode, string) wrong = await SendAsync(HttpMethod.Post, "/sessions", null, """{"name":"carl","password":"not the password"}""");
        (HttpStatusCode, string) unknown = await SendAsync(HttpMethod.Post, "/sessions", null, """{"name":"nobody","password":"not the password"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Item1);
        Assert.Equal(wrong, unknown);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Post, "/accounts", null, """{"name":"carl","password":"another password"}""")).Status);
    }

    [Theory]
    [InlineData("""{"name":"x","password":"short"}""")]
    [InlineData("""{"name":"../x","password":"long enough password"}""")]
    [InlineData("""{"name":"x","password":"long enough password","admin":true}""")]
    [InlineData("""{"name":"x","name":"y","password":"long enough password"}""")]
    [InlineData("")]
    public async Task Account_HostileDocument_IsRefused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Post, "/accounts", null, body)).Status);

    [Fact]
    public async Task Files_StayBelowTheRoot()
    {
        string token = await SignInAsync("dora");
        Assert.Equal((HttpStatusCode.OK, "hello"), await SendAsync(HttpMethod.Get, "/files?name=hello.txt", token));
        foreach (string name in new[] { "../../etc/passwd", "/etc/passwd", "link", "absent", "..%5c..%5cx", "" })
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, $"/files?name={Uri.EscapeDataString(name)}", token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, "/files?name=hello.txt", null)).Status);
    }

    [Fact]
    public async Task Responses_CarryTheHardenedHeaders()
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri("/absent", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task MissingSetting_StopsTheHostAtStart()
    {
        await using WebApplication app = Build(new() { ["Service:FileRoot"] = "" });
        await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task MissingSecret_IsNamed()
    {
        await using WebApplication app = Build(new() { ["Service:FileRoot"] = _root, ["Service:DataKey"] = "" });
        SecretNotFoundException error = Assert.Throws<SecretNotFoundException>(() => app.Services.GetRequiredService<NoteStore>());
        Assert.Equal("Service:DataKey", error.Name);
    }

    private static WebApplication Build(Dictionary<string, string?> settings) => Service.Build([], builder =>
    {
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var all = new Dictionary<string, string?>
        {
            ["Service:Issuer"] = "https://notes.example",
            ["Service:Audience"] = "notes",
            ["Service:TokenKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Service:DataKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        foreach ((string name, string? value) in settings)
            all[name] = value;
        builder.Configuration.AddInMemoryCollection(all);
    });

    private async Task<string> SignInAsync(string name)
    {
        string body = $$"""{"name":"{{name}}","password":"correct horse battery"}""";
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(HttpMethod.Post, "/accounts", null, body)).Status);
        (HttpStatusCode status, string token) = await SendAsync(HttpMethod.Post, "/sessions", null, body);
        Assert.Equal(HttpStatusCode.OK, status);
        return token;
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? token, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
