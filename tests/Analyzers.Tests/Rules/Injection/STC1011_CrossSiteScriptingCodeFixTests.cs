using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1011_CrossSiteScriptingCodeFixTests
{
    [Fact]
    public Task Values_AreEncoded() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, CrossSiteScriptingCodeFix>(
        "STC1011",
        """
        public IActionResult A(string name) => Content([|"<b>" + name + "</b>"|], "text/html");
        public IActionResult B(string name, int age) => Content([|$"<b>{name} {age}</b>"|], "text/html");
        public HtmlString C(string name) => new HtmlString([|name|]);
        public IActionResult D(string name) { var html = "<i>" + name; return Content([|html|], "text/html"); }
        public Task E() => Response.WriteAsync([|"<p>" + Request.Query["q"]|]);
        """,
        """
        public IActionResult A(string name) => Content("<b>" + HtmlEncoder.Default.Encode(name) + "</b>", "text/html");
        public IActionResult B(string name, int age) => Content($"<b>{HtmlEncoder.Default.Encode(name)} {age}</b>", "text/html");
        public HtmlString C(string name) => new HtmlString(HtmlEncoder.Default.Encode(name));
        public IActionResult D(string name) { var html = "<i>" + HtmlEncoder.Default.Encode(name); return Content(html, "text/html"); }
        public Task E() => Response.WriteAsync("<p>" + HtmlEncoder.Default.Encode(Request.Query["q"]));
        """);
}
