using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Hosting;

namespace SecurityToolchain.AspNetCore.Tests.Hosting;

public sealed class HardenedDefaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RateLimit_RefusesWith429AndRetryAfter()
    {
        var settings = new Dictionary<string, string?> { ["SecurityToolchain:RateLimit:PermitLimit"] = "2" };
        await using WebApplication app = await TestApplication.StartAsync(
            static app => app.MapGet("/", static () => "ok"), settings, static builder => builder.Services.AddSingleton<TimeProvider>(new ManualTime()));
        using HttpClient client = app.GetTestClient();
        Assert.Equal("ok", await client.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation));
        Assert.Equal("ok", await client.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation));

        using HttpResponseMessage refused = await client.GetAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("90", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal("nosniff", refused.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Cookies_GetTheFlagsThatTheCodeForgot()
    {
        await using WebApplication app = await TestApplication.StartAsync(static app => app.MapGet("/", static (HttpContext context) =>
        {
            context.Response.Cookies.Append("theme", "dark");
            return "ok";
        }));
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri("https://shop.example/"), Cancellation);

        Assert.Equal("theme=dark; path=/; secure; samesite=lax; httponly", response.Headers.GetValues("Set-Cookie").Single());
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("https://app.example", "https://app.example")]
    public async Task Cors_AllowsOnlyTheNamedOrigins(string origin, string? allowed)
    {
        var settings = new Dictionary<string, string?> { ["SecurityToolchain:Cors:AllowedOrigins:0"] = "https://app.example" };
        await using WebApplication app = await TestApplication.StartAsync(static app => app.MapGet("/", static () => "ok"), settings);
        using HttpClient client = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://shop.example/"));
        request.Headers.Add("Origin", origin);

        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);

        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? values) ? values.Single() : null);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("RateLimit:PermitLimit", "0", "SecurityToolchain:RateLimit:PermitLimit must lie between 1 and 1000000; it is 0.")]
    [InlineData("RequestLimits:MaxBodySizeBytes", "12", "SecurityToolchain:RequestLimits:MaxBodySizeBytes must lie between 1024 and 1073741824; it is 12.")]
    [InlineData("Headers:HstsMaxAgeSeconds", "-1", "SecurityToolchain:Headers:HstsMaxAgeSeconds must lie between 0 and 63072000; it is -1.")]
    [InlineData("Cors:AllowedOrigins:0", "*", "'*' has a wildcard")]
    [InlineData("Cors:AllowedOrigins:0", "http://app.example", "is not encrypted")]
    [InlineData("Cors:AllowedOrigins:0", "https://app.example/path", "is not an origin")]
    public async Task BadSetting_StopsTheHostAndIsNamed(string setting, string value, string message)
    {
        var settings = new Dictionary<string, string?> { ["SecurityToolchain:" + setting] = value };

        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestApplication.StartAsync(static app => app.MapGet("/", static () => "ok"), settings));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_WithoutAdd_SaysWhatToDo()
    {
        WebApplication app = WebApplication.CreateSlimBuilder().Build();

        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => app.UseSecurityToolchain());

        Assert.Contains("AddSecurityToolchain", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kestrel_RefusesABodyAndHeadersOverTheLimit_AndHidesItsName()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddSecurityToolchain(static options =>
        {
            options.RequestLimits.MaxBodySizeBytes = 2048;
            options.RequestLimits.MaxHeaderCount = 20;
        });
        await using WebApplication app = builder.Build();
        app.UseSecurityToolchain();
        app.MapPost("/", static async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            return (await reader.ReadToEndAsync()).Length;
        });
        await app.StartAsync(Cancellation);
        var address = new Uri(app.Urls.Single());
        using var client = new HttpClient { BaseAddress = address };

        using var fits = new ByteArrayContent(new byte[2048]);
        using var tooLarge = new ByteArrayContent(new byte[2049]);
        using HttpResponseMessage small = await client.PostAsync(new Uri("/", UriKind.Relative), fits, Cancellation);
        using HttpResponseMessage large = await client.PostAsync(new Uri("/", UriKind.Relative), tooLarge, Cancellation);
        string headers = await RawAsync(address, "GET / HTTP/1.1\r\nHost: a\r\n" + string.Concat(Enumerable.Range(0, 30).Select(static i => $"X-{i}: 1\r\n")) + "\r\n");

        Assert.Equal("2048", await small.Content.ReadAsStringAsync(Cancellation));
        Assert.False(small.Headers.Contains("Server"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.StartsWith("HTTP/1.1 431", headers, StringComparison.Ordinal);
    }

    private static async Task<string> RawAsync(Uri address, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, Cancellation);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        byte[] buffer = new byte[4096];
        int count = await stream.ReadAsync(buffer, Cancellation);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }
}
