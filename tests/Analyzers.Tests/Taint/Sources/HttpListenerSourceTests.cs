namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Requests of HttpListener.</summary>
public sealed class HttpListenerSourceTests
{
    [Fact]
    public Task Requests_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        class L { void Run() { var l = new HttpListener(); var c = l.GetContext(); File.Delete(c.Request.QueryString["x"]); // finds STC1005
          using var r = new StreamReader(c.Request.InputStream); File.Delete(r.ReadToEnd()); // finds STC1005
          File.Delete(c.Request.Headers["x"]); // finds STC1005
          File.Delete(c.Request.Cookies["x"]!.Value); // finds STC1005
          File.Delete(c.Request.Url!.LocalPath); // finds STC1005
          File.Delete("/d/" + c.Request.ContentLength64); } }
        """);
}
