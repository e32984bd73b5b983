using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Tests.Authentication;

public sealed class EndpointAuthorizationTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task Endpoints_RequireWhatTheyDeclareAndAreClosedOtherwise()
    {
        await using WebApplication app = await StartAsync();
        using HttpClient client = app.GetTestClient();
        string writer = TestTokens.Hmac(TestTokens.Payload(_clock.GetUtcNow()));
        string admin = TestTokens.Hmac(TestTokens.Payload(_clock.GetUtcNow(), roles: "\"admin\""));

        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/open", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "/forgotten", null));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/forgotten", $"Bearer {writer}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "/write", null));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/write", $"Bearer {writer}"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/write", $"bearer  {writer}"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(client, "/admin", $"Bearer {writer}"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/admin", $"Bearer {admin}"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(client, "/attribute", $"Bearer {writer}"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/attribute", $"Bearer {admin}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "/write", $"Basic {writer}"));
    }

    [Fact]
    public async Task EveryReason_LooksTheSameToTheClient()
    {
        await using WebApplication app = await StartAsync();
        using HttpClient client = app.GetTestClient();
        DateTimeOffset now = _clock.GetUtcNow();
        string[] bad =
        [
            "garbage", TestTokens.Hmac(TestTokens.Payload(now), secret: new byte[32]), TestTokens.Hmac(TestTokens.Payload(now.AddHours(-1))), TestTokens.Hmac(TestTokens.Payload(now.AddHours(1))),
            TestTokens.Hmac(TestTokens.Payload(now), """{"alg":"none"}"""), TestTokens.Hmac(TestTokens.Payload(now), """{"alg":"HS256","kid":"k9"}"""),
            TestTokens.Hmac(TestTokens.Payload(now, "\"aud\":\"shop\"", "\"aud\":\"x\"")),
        ];
        var answers = new HashSet<string>();
        foreach (string token in bad)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/write", UriKind.Relative));
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            answers.Add($"{response.Headers.WwwAuthenticate} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        Assert.Equal("Bearer ", Assert.Single(answers));
    }

    [Fact]
    public async Task RevokedToken_IsRefusedAtOnce()
    {
        await using WebApplication app = await StartAsync();
        using HttpClient client = app.GetTestClient();
        string token = TestTokens.Hmac(TestTokens.Payload(_clock.GetUtcNow()));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/write", $"Bearer {token}"));
        app.Services.GetRequiredService<AuthTokenCache>().RevokeToken("t1", _clock.GetUtcNow().AddHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "/write", $"Bearer {token}"));
    }

    private async Task<WebApplication> StartAsync() => await TestApplication.StartAsync(
        static app =>
        {
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapGet("/open", [AllowAnonymous] () => "open");
            app.MapGet("/forgotten", static () => "anybody who is authenticated");
            app.MapGet("/write", static () => "written").RequirePermission("write");
            app.MapGet("/admin", static () => "admin").RequirePermission("admin");
            app.MapGet("/attribute", [AuthorizePermission("admin")] () => "attribute");
        },
        configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Services.AddSecurityToolchainAuthentication(_ => new JwtAuthProvider(TestTokens.Options(), _clock));
        });

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
