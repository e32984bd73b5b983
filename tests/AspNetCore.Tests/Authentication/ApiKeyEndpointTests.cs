using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;
using SecurityToolchain.Runtime.Authentication.ApiKeys;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

public sealed class ApiKeyEndpointTests
{
    private readonly ManualTime _clock = new();
    private readonly FailingStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_OpensWhatItsScopesStandForAndNothingElse()
    {
        await using WebApplication app = await StartAsync(bearer: false);
        string key = await IssueAsync(app, Permissions.ReadFiles | Permissions.ViewLogs);
        Assert.Equal((HttpStatusCode.OK, "anna"), await GetAsync(app, "/owner", ("X-Api-Key", key)));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/files", ("X-Api-Key", key))).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/audit", ("X-Api-Key", key))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(app, "/users", ("X-Api-Key", key))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(app, "/unknown", ("X-Api-Key", key))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, "/owner")).Status);
    }

    [Fact]
    public async Task BadKeys_AllLookTheSame()
    {
        await using WebApplication app = await StartAsync(bearer: false);
        string good = await IssueAsync(app, Permissions.ReadFiles);
        string revoked = await IssueAsync(app, Permissions.ReadFiles);
        await app.Services.GetRequiredService<ApiKeyManager>().RevokeAsync(revoked.Split('_')[1], Cancellation);
        (string, string)[][] requests =
        [
            [("X-Api-Key", "garbage")], [("X-Api-Key", revoked)], [("X-Api-Key", "")],
            [("X-Api-Key", good), ("X-Api-Key", good)], [("X-Api-Key", good), ("Authorization", "Bearer x")],
        ];
        foreach ((string, string)[] headers in requests)
            Assert.Equal((HttpStatusCode.Unauthorized, string.Empty), await GetAsync(app, "/owner", headers));
        _store.Fails = true;
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, "/owner", ("X-Api-Key", good))).Status);
    }

    [Fact]
    public async Task BearerTokensAndKeys_LiveSideBySide()
    {
        await using WebApplication app = await StartAsync(bearer: true);
        string key = await IssueAsync(app, Permissions.ReadFiles);
        string token = TestTokens.Hmac(TestTokens.Payload(_clock.GetUtcNow()));
        Assert.Equal((HttpStatusCode.OK, "anna"), await GetAsync(app, "/owner", ("X-Api-Key", key)));
        Assert.Equal((HttpStatusCode.OK, "user"), await GetAsync(app, "/owner", ("Authorization", $"Bearer {token}")));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "/write", ("Authorization", $"Bearer {token}"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(app, "/write", ("X-Api-Key", key))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, "/owner", ("X-Api-Key", key), ("Authorization", $"Bearer {token}"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(app, "/owner")).Status);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Cookie")]
    [InlineData("bad header")]
    [InlineData("")]
    public void HeaderName_ThatMeansSomethingElse_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => new ApiKeyAuthenticationOptions { HeaderName = name }.Validate());

    private static async Task<string> IssueAsync(WebApplication app, Permissions scopes) =>
        (await app.Services.GetRequiredService<ApiKeyManager>().IssueAsync("anna", scopes, TimeSpan.FromDays(1), Cancellation)).Key;

    private async Task<WebApplication> StartAsync(bool bearer) => await TestApplication.StartAsync(
        static app =>
        {
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapGet("/owner", static (HttpContext context) => context.User.Identity!.Name);
            app.MapGet("/files", static () => "files").RequirePermission("ReadFiles");
            app.MapGet("/audit", static () => "audit").RequirePermission("audit");
            app.MapGet("/users", static () => "users").RequirePermission("ManageUsers");
            app.MapGet("/unknown", static () => "unknown").RequirePermission("unknown");
            app.MapGet("/write", static () => "written").RequirePermission("write");
        },
        configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_clock);
            if (bearer)
                builder.Services.AddSecurityToolchainAuthentication(_ => new JwtAuthProvider(TestTokens.Options(), _clock));
            builder.Services.AddSecurityToolchainApiKeys(
                root => new ApiKeyManager(_store, new byte[32], clock: root.GetRequiredService<TimeProvider>()),
                static options => options.PermissionScopes["audit"] = Permissions.ReadFiles | Permissions.ViewLogs);
        });

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(WebApplication app, string path, params (string Name, string Value)[] headers)
    {
        using HttpClient client = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private sealed class FailingStore : IApiKeyStore
    {
        private readonly InMemoryApiKeyStore _inner = new();

        public bool Fails { get; set; }

        public ValueTask<ApiKeyRecord?> FindAsync(string id, CancellationToken cancellationToken = default) =>
            Fails ? throw new IOException("the store is down") : _inner.FindAsync(id, cancellationToken);

        public ValueTask SaveAsync(ApiKeyRecord record, CancellationToken cancellationToken = default) => _inner.SaveAsync(record, cancellationToken);
    }
}
