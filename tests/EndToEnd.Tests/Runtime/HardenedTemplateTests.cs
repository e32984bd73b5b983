using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SecurityToolchain.EndToEnd.Tests.Runtime;

/// <summary>
/// Projects as everybody starts them, with the two lines of the hardened defaults and no other change: every page, script and style sheet
/// is served, and nothing in a page is refused by the policy that comes with it.
/// </summary>
public sealed partial class HardenedTemplateTests(HardenedTemplates templates) : IClassFixture<HardenedTemplates>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("webapi", "/weatherforecast", "/openapi/v1.json")]
    [InlineData("mvc", "/", "/Home/Privacy")]
    [InlineData("razor", "/", "/Privacy")]
    [InlineData("blazor", "/", "/counter", "/weather")]
    public async Task Project_ServesItsPagesUnderThePolicy(string template, params string[] pages)
    {
        await using RunningTemplate app = await RunningTemplate.StartAsync(templates.Workspace, template, Cancellation);
        using var client = new HttpClient { BaseAddress = app.Address };
        foreach (string page in pages)
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(page, UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(response.Headers.Contains("Server"));
            string body = await response.Content.ReadAsStringAsync(Cancellation);
            if (response.Content.Headers.ContentType?.MediaType == "text/html")
                await AuditAsync(client, response, body);
        }

        using HttpResponseMessage absent = await client.GetAsync(new Uri("/absent", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        Assert.Contains("default-src 'self'", string.Join(' ', absent.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BlazorPage_OpensItsCircuit()
    {
        await using RunningTemplate app = await RunningTemplate.StartAsync(templates.Workspace, "blazor", Cancellation);
        using var client = new HttpClient { BaseAddress = app.Address };
        using HttpResponseMessage negotiated = await client.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, negotiated.StatusCode);
        Assert.Contains("WebSockets", await negotiated.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mvc", "/")]
    [InlineData("razor", "/Privacy")]
    [InlineData("blazor", "/counter")]
    public async Task Browser_RefusesNothing(string template, string page)
    {
        string? browser = NativeTools.Find("chromium") ?? NativeTools.Find("google-chrome");
        Assert.SkipWhen(browser is null, "no browser is on this machine");
        await using RunningTemplate app = await RunningTemplate.StartAsync(templates.Workspace, template, Cancellation);
        string profile = templates.Workspace.PathOf(".browser-" + template);
        DotNetResult visit = await DotNetCommand.RunProgramAsync(
            browser!, templates.Workspace.Root, templates.Workspace.Environment,
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--disable-background-networking", $"--user-data-dir={profile}",
            "--enable-logging=stderr", "--v=0", "--virtual-time-budget=10000", "--dump-dom", new Uri(app.Address, page).ToString());
        visit.ShouldSucceed();
        Assert.Contains("</html>", visit.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Content Security Policy", visit.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Refused to", visit.Output, StringComparison.Ordinal);
    }

    private static async Task AuditAsync(HttpClient client, HttpResponseMessage response, string body)
    {
        string[] policies = [.. response.Headers.GetValues("Content-Security-Policy")];
        string policy = policies.Single(static text => text.Contains("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("'unsafe-inline'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        string scripts = Directive(policy, "script-src");
        foreach (Match script in Scripts().Matches(body))
        {
            bool external = script.Groups[1].Value.Contains("src=", StringComparison.Ordinal);
            Assert.True(external || script.Groups[2].Length == 0 || scripts.Contains(Digest(script.Groups[2].Value), StringComparison.Ordinal), $"refused: {script.Value}\n{policy}");
        }

        foreach (Match handler in Handlers().Matches(body))
            Assert.True(Directive(policy, "script-src-attr").Contains(Digest(WebUtility.HtmlDecode(handler.Groups[1].Value)), StringComparison.Ordinal), $"refused: {handler.Value}\n{policy}");
        Assert.DoesNotMatch(@"<style[\s>]", body);
        Assert.DoesNotMatch(@"<[a-zA-Z][^>]*\sstyle\s*=", body);
        foreach (Match link in Links().Matches(body))
        {
            using HttpResponseMessage asset = await client.GetAsync(new Uri(link.Groups[1].Value, UriKind.RelativeOrAbsolute), Cancellation);
            Assert.True(asset.IsSuccessStatusCode, $"{link.Groups[1].Value}: {asset.StatusCode}");
            Assert.Equal("nosniff", asset.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    private static string Directive(string policy, string name) =>
        policy.Split(';', StringSplitOptions.TrimEntries).Single(directive => directive.StartsWith(name + " ", StringComparison.Ordinal));

    private static string Digest(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    [GeneratedRegex(@"<script([^>]*)>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<[a-zA-Z][^>]*\\son[a-z]+\\s*=\\s*\"([^\"]*)\"")]
    private static partial Regex Handlers();

    [GeneratedRegex("<(?:link|script)[^>]*(?:href|src)=\"(/?[^\":]+)\"")]
    private static partial Regex Links();
}
