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
        _app = Build(new());
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
    public async Task Upload_IsJudgedByItsContentAndStoredUnderItsDigest()
    {
        string token = await SignInAsync("emil");
        byte[] png = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];
        string stored = $"/files?name=uploads%2F{Convert.ToHexStringLower(SHA256.HashData(png))}";
        Assert.Equal((HttpStatusCode.Created, stored), await UploadAsync("photo.png", png, token));
        Assert.Equal((HttpStatusCode.Created, stored), await UploadAsync("again.png", png, token));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, stored, token)).Status);
        foreach ((string name, byte[] content) in new[] { ("photo.png.exe", png), ("photo.png", "MZ"u8.ToArray()), ("photo.png", [.. png, .. new byte[1000]]), ("../photo.png", png), ("photo.png", []) })
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await UploadAsync(name, content, token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await UploadAsync("photo.png", png, null)).Status);
    }

    [Fact]
    public async Task ApiKey_OpensReportsOnly_UntilItIsRevoked()
    {
        string admin = await SignInAsync("root");
        (HttpStatusCode status, string key) = await SendAsync(HttpMethod.Post, "/admin/keys?owner=billing", admin);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("notes_live_", key, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "report number 1"), await WithKeyAsync("/reports/daily", key));
        Assert.Equal((HttpStatusCode.OK, "report number 1"), await WithKeyAsync("/reports/daily", key));
        Assert.Equal(HttpStatusCode.Forbidden, (await WithKeyAsync("/notes/1", key)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Get, "/reports/daily", admin)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, $"/admin/keys/{key.Split('_')[2]}", admin)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await WithKeyAsync("/reports/daily", key)).Status);
    }

    [Fact]
    public async Task Administration_IsForAdministrators_AndTheAuditTrailIsIntact()
    {
        string anybody = await SignInAsync("frida");
        string admin = await SignInAsync("root");
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/admin/keys?owner=x", anybody)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/admin/shutdown", anybody)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Post, "/sessions", null, """{"name":"frida","password":"not the password"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, "/files?name=..%2Fx", anybody)).Status);
        Assert.Equal((HttpStatusCode.OK, "intact, 2 events"), await SendAsync(HttpMethod.Get, "/admin/audit", admin));
    }

    [Fact]
    public async Task Shutdown_IsRecordedAndStopsTheHost()
    {
        string admin = await SignInAsync("root");
        var stopping = new TaskCompletionSource();
        using CancellationTokenRegistration registration = _app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(HttpMethod.Post, "/admin/shutdown", admin)).Status);
        await stopping.Task;
    }

    [Fact]
    public async Task BadUploadLimit_IsNamed()
    {
        await using WebApplication app = Build(new() { ["Service:Uploads:MaxSizeInBytes"] = "0" });
        ArgumentException error = Assert.Throws<ArgumentOutOfRangeException>(() => app.Services.GetRequiredService<SecurityToolchain.Scanning.Validation.FileValidator>());
        Assert.Contains("MaxSizeInBytes must be between 1 and", error.Message, StringComparison.Ordinal);
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
        await using WebApplication app = Build(new() { ["Service:AuditPath"] = "" });
        await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task MissingSecret_IsNamed()
    {
        await using WebApplication app = Build(new() { ["Service:DataKey"] = "" });
        SecretNotFoundException error = Assert.Throws<SecretNotFoundException>(() => app.Services.GetRequiredService<NoteStore>());
        Assert.Equal("Service:DataKey", error.Name);
    }

    private WebApplication Build(Dictionary<string, string?> settings) => Service.Build([], builder =>
    {
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var all = new Dictionary<string, string?>
        {
            ["Service:Issuer"] = "https://notes.example",
            ["Service:Audience"] = "notes",
            ["Service:TokenKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Service:DataKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Service:AuditKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Service:FileRoot"] = _root,
            ["Service:AuditPath"] = Path.Combine(_root, $"{Path.GetRandomFileName()}.jsonl"),
            ["Service:Administrators:0"] = "root",
            ["Service:Uploads:AllowedMediaTypes:0"] = "image/png",
            ["Service:Uploads:MaxSizeInBytes"] = "1000",
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

    private async Task<(HttpStatusCode Status, string Location)> UploadAsync(string name, byte[] content, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/uploads?name={Uri.EscapeDataString(name)}", UriKind.Relative)) { Content = new ByteArrayContent(content) };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Headers.Location?.OriginalString ?? string.Empty);
    }

    private async Task<(HttpStatusCode Status, string Body)> WithKeyAsync(string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-Api-Key", key);
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
