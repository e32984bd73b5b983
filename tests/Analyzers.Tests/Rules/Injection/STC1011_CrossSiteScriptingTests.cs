namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1011_CrossSiteScriptingTests
{
    [Theory]
    [InlineData("""public IActionResult A(string name) => Content([|"<h1>" + name + "</h1>"|], "text/html");""")]
    [InlineData("""public object A(string name) => new Microsoft.AspNetCore.Html.HtmlString([|"<b>" + name + "</b>"|]);""")]
    [InlineData("""public object A(string name) => new Microsoft.AspNetCore.Components.MarkupString([|name|]);""")]
    [InlineData("""public object A(string name) => (Microsoft.AspNetCore.Components.MarkupString)[|name|];""")]
    [InlineData("""public IResult A(string name) => Results.Content([|$"<p>{name}</p>"|], "text/html");""")]
    [InlineData("""public Task A(string name) { Response.ContentType = "text/html"; return Response.WriteAsync([|"<p>" + name|]); }""")]
    [InlineData("""public IActionResult A(string name) => new ContentResult { ContentType = "text/html", Content = [|"<p>" + name|] };""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1011", members);

    [Theory]
    [InlineData("""public IActionResult A(string name) => Content(name);""")]
    [InlineData("""public IActionResult A(string name) => Content("hello " + name, "text/plain");""")]
    [InlineData("""public IActionResult A(string name) => Content("<h1>" + WebUtility.HtmlEncode(name) + "</h1>", "text/html");""")]
    [InlineData("""public IActionResult A(string name) => Content("<h1>" + System.Text.Encodings.Web.HtmlEncoder.Default.Encode(name) + "</h1>", "text/html");""")]
    [InlineData("""public IActionResult A(int id) => Content("<h1>" + id + "</h1>", "text/html");""")]
    [InlineData("""public IActionResult A(string name) => View((object)name);""")]
    [InlineData("""public Task A(string name) => Response.WriteAsync(name);""")]
    [InlineData("""public IActionResult A(string name) => Json(name);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1011", members);
}
