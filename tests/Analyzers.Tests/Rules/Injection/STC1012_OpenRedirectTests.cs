namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1012_OpenRedirectTests
{
    [Theory]
    [InlineData("""public IActionResult A(string returnUrl) => Redirect([|returnUrl|]);""")]
    [InlineData("""public void A(string url) => Response.Redirect([|url|]);""")]
    [InlineData("""public IResult A(string url) => Results.Redirect([|url|]);""")]
    [InlineData("""public IActionResult A(string url) => new RedirectResult([|url|]);""")]
    [InlineData("""public void A(string url) => Response.Headers["Location"] = [|url|];""")]
    [InlineData("""public IActionResult A(string host) => Redirect([|"https://" + host + "/home"|]);""")]
    [InlineData("""public IActionResult A(string url) { if (url.StartsWith("/")) return Redirect([|url|]); return View(); }""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1012", members);

    [Theory]
    [InlineData("""public IActionResult A(string returnUrl) => LocalRedirect(returnUrl);""")]
    [InlineData("""public IActionResult A(string returnUrl) { if (Url.IsLocalUrl(returnUrl)) return Redirect(returnUrl); return View(); }""")]
    [InlineData("""public IActionResult A(string id) => Redirect("/products/" + id);""")]
    [InlineData("""public IActionResult A(string id) => Redirect($"https://example.com/products/{id}");""")]
    [InlineData("""public IActionResult A(string id) => RedirectToAction("Index", new { id });""")]
    [InlineData("""public IActionResult A(string url) { var uri = new Uri(url); if (uri.Host != "example.com") return View(); return Redirect(url); }""")]
    [InlineData("""public IActionResult A(string url) { if (url.StartsWith("https://example.com/")) return Redirect(url); return View(); }""")]
    [InlineData("""public IActionResult A(string url) { if (url.StartsWith("/") && !url.StartsWith("//")) return Redirect(url); return View(); }""")]
    [InlineData("""private void Redirect2(string u) { } public void A(string url) => Redirect2(url);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1012", members);
}
