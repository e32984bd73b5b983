using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using SecurityToolchain.AspNetCore.Headers;

namespace SecurityToolchain.AspNetCore.Tests.Headers;

public sealed class SecurityHeadersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Modern_OverHttps_SendsTheExactSet()
    {
        await using WebApplication app = await TestApplication.StartAsync(static app => app.MapGet("/", static () => "ok"));
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri("https://shop.example/"), Cancellation);

        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("0", Header(response, "X-XSS-Protection"));
        Assert.Equal(
            "default-src 'self'; script-src 'self'; script-src-attr 'none'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
            Header(response, "Content-Security-Policy"));
        Assert.Equal("max-age=31536000; includeSubDomains", Header(response, "Strict-Transport-Security"));
        Assert.Equal("strict-origin-when-cross-origin", Header(response, "Referrer-Policy"));
        Assert.Equal("camera=(), geolocation=(), microphone=(), payment=(), usb=()", Header(response, "Permissions-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Null(Header(response, "Server"));
    }

    [Fact]
    public async Task Documented_SendsTheFiveHeadersOfTheDocument()
    {
        var settings = new Dictionary<string, string?> { ["SecurityToolchain:Headers:Profile"] = "Documented" };
        await using WebApplication app = await TestApplication.StartAsync(static app => app.MapGet("/", static () => "ok"), settings);
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri("https://shop.example/"), Cancellation);

        Assert.Equal("1; mode=block", Header(response, "X-XSS-Protection"));
        Assert.Equal("default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'", Header(response, "Content-Security-Policy"));
        Assert.Equal("max-age=31536000; includeSubDomains", Header(response, "Strict-Transport-Security"));
        Assert.Null(Header(response, "Referrer-Policy"));
    }

    [Theory]
    [InlineData("http://shop.example/")]
    [InlineData("https://localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://[::1]/")]
    public async Task Hsts_OverHttpOrOnLoopback_IsNotSent(string url)
    {
        await using WebApplication app = await TestApplication.StartAsync(static app => app.MapGet("/", static () => "ok"));
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri(url), Cancellation);

        Assert.Null(Header(response, "Strict-Transport-Security"));
    }

    [Fact]
    public async Task Nonce_IsInTheHeader_SameInARequest_DifferentInTheNext()
    {
        await using WebApplication app = await TestApplication.StartAsync(static app =>
            app.MapGet("/", static (HttpContext context) => context.GetCspNonce() + " " + context.GetCspNonce()));
        using HttpClient client = app.GetTestClient();
        var seen = new HashSet<string>();

        for (int i = 0; i < 100; i++)
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri("https://shop.example/"), Cancellation);
            string[] nonces = (await response.Content.ReadAsStringAsync(Cancellation)).Split(' ');
            Assert.Equal(nonces[0], nonces[1]);
            Assert.Equal(22, nonces[0].Length);
            Assert.Contains($"script-src 'self' 'nonce-{nonces[0]}';", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.True(seen.Add(nonces[0]), "A nonce came twice.");
        }
    }

    [Fact]
    public async Task Nonce_AfterTheResponseStarted_IsRefused()
    {
        Exception? thrown = null;
        await using WebApplication app = await TestApplication.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("started");
            await context.Response.Body.FlushAsync();
            thrown = Record.Exception(() => context.GetCspNonce());
        }));
        using HttpClient client = app.GetTestClient();

        await client.GetStringAsync(new Uri("https://shop.example/"), Cancellation);

        Assert.IsType<InvalidOperationException>(thrown);
    }

    [Fact]
    public async Task Header_ThatTheApplicationSet_IsKept()
    {
        await using WebApplication app = await TestApplication.StartAsync(static app => app.MapGet("/", static (HttpContext context) =>
        {
            context.Response.Headers.XFrameOptions = "SAMEORIGIN";
            return "ok";
        }));
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri("https://shop.example/"), Cancellation);

        Assert.Equal("SAMEORIGIN", Header(response, "X-Frame-Options"));
    }

    [Fact]
    public async Task ErrorPage_ThatClearedTheHeaders_CarriesThem()
    {
        await using WebApplication app = await TestApplication.StartAsync(static app =>
        {
            app.UseExceptionHandler(static errors => errors.Run(static context => context.Response.WriteAsync("sorry")));
            app.MapGet("/", static string () => throw new InvalidOperationException("boom"));
        });
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri("https://shop.example/"), Cancellation);

        Assert.Equal(500, (int)response.StatusCode);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.NotNull(Header(response, "Content-Security-Policy"));
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;
}
