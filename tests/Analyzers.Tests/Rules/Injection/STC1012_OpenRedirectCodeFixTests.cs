using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1012_OpenRedirectCodeFixTests
{
    [Fact]
    public Task Redirects_BecomeLocal() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, OpenRedirectCodeFix>(
        "STC1012",
        """
        public IActionResult A(string url) => Redirect([|url|]);
        public IActionResult B(string url) => this.RedirectPermanent([|url|]);
        public IResult C(string url) => Results.Redirect([|url|]);
        public IActionResult D(string url) => new RedirectResult([|url|]);
        public void E(string url) => Response.Redirect([|url|]);
        """,
        """
        public IActionResult A(string url) => LocalRedirect(url);
        public IActionResult B(string url) => this.LocalRedirectPermanent(url);
        public IResult C(string url) => Results.LocalRedirect(url);
        public IActionResult D(string url) => new LocalRedirectResult(url);
        public void E(string url) => Response.Redirect(Url.IsLocalUrl(url) ? url : "/");
        """);

    [Fact]
    public Task OtherTargets_AreLeft() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, OpenRedirectCodeFix>(
        "STC1012",
        """
        public RedirectResult A(string url) => Redirect([|url|]);
        public void B(string url) => Response.Headers.Location = [|url|];
        """);
}
