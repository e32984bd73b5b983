namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Handlers, groups, filters and middleware of ASP.NET Core endpoints.</summary>
public sealed class MinimalApiSourceTests
{
    [Fact]
    public Task Endpoints_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        var app = WebApplication.Create(args);
        app.MapGet("/a", (string q) => File.ReadAllText("/d/" + q)); // finds STC1005
        app.MapPost("/a", ([FromBody] string q) => File.ReadAllText("/d/" + q)); // finds STC1005
        app.MapPut("/a", (Dto q) => File.ReadAllText("/d/" + q.Name)); // finds STC1005
        app.MapDelete("/a", (HttpContext c) => File.ReadAllText("/d/" + c.Request.Query["x"])); // finds STC1005
        app.MapPatch("/a", ([FromHeader(Name = "x")] string q) => File.ReadAllText("/d/" + q)); // finds STC1005
        app.MapMethods("/a", new[] { "GET" }, (string q) => File.ReadAllText("/d/" + q)); // finds STC1005
        app.Map("/a", (string q) => File.ReadAllText("/d/" + q)); // finds STC1005
        app.MapFallback((string q) => File.ReadAllText("/d/" + q)); // finds STC1005
        app.MapGet("/g", H.Get);
        app.MapGet("/l", Local);
        var g = app.MapGroup("/x");
        g.MapGet("/a", (string q) => File.ReadAllText("/d/" + q)); // finds STC1005
        g.MapGet("/b", ([AsParameters] Args a) => File.ReadAllText("/d/" + a.Name)); // finds STC1005
        g.MapGet("/b2", ([AsParameters] RArgs a) => File.ReadAllText("/d/" + a.Name)); // finds STC1005
        g.MapGet("/c", (int id) => File.ReadAllText("/d/" + id));
        g.MapGet("/d", (Guid id, IStore s) => File.ReadAllText("/d/" + s.Path()));
        g.MapGet("/e", async (HttpRequest r) => { var f = await r.ReadFormAsync(); return File.ReadAllText("/d/" + f["x"]); }); // finds STC1005
        g.MapGet("/e2", async (HttpRequest r) => { using var rd = new StreamReader(r.Body); return File.ReadAllText("/d/" + await rd.ReadToEndAsync()); }); // finds STC1005
        g.MapGet("/e3", async (HttpContext c) => { var d = await c.Request.ReadFromJsonAsync<Dto>(); return File.ReadAllText("/d/" + d!.Name); }); // finds STC1005
        g.MapGet("/e4", async (HttpContext c) => { var d = await JsonSerializer.DeserializeAsync<Dto>(c.Request.Body); return File.ReadAllText("/d/" + d!.Name); }); // finds STC1005
        g.MapPost("/f", (IFormFile f) => { using var s = File.Create("/d/" + f.FileName); }); // finds STC1005
        g.MapPost("/f2", (IFormFileCollection fs) => { foreach (var f in fs) { using var s = File.Create("/d/" + f.FileName); } }); // finds STC1005
        g.MapGet("/g", (string[] q) => File.ReadAllText("/d/" + q[0])); // finds STC1005
        g.MapGet("/h/{name}", (HttpContext c) => File.ReadAllText("/d/" + c.Request.RouteValues["name"])); // finds STC1005
        g.MapGet("/h2/{name}", (HttpContext c) => File.ReadAllText("/d/" + Microsoft.AspNetCore.Routing.RoutingHttpContextExtensions.GetRouteValue(c, "name"))); // finds STC1005
        g.MapGet("/x", (string q) => "a").AddEndpointFilter(async (c, n) => { var q = c.GetArgument<string>(0); File.Delete("/d/" + q); return await n(c); }); // finds STC1005
        g.MapGet("/y", (string q) => "a").AddEndpointFilter(async (c, n) => { var q = (string)c.Arguments[0]!; File.Delete("/d/" + q); return await n(c); }); // finds STC1005
        app.MapGet("/z", (Delegate)((string q) => File.ReadAllText("/d/" + q))); // finds STC1005
        app.Use(async (c, n) => { File.Delete("/d/" + c.Request.Path.Value); await n(c); }); // finds STC1005
        app.Run(async c => { File.Delete("/d/" + c.Request.Headers["x"]); await Task.CompletedTask; }); // finds STC1005
        app.Run();
        string Local(string q) => File.ReadAllText("/d/" + q); // finds STC1005
        public class Dto { public string Name { get; set; } = ""; }
        public class Args { [FromQuery] public string Name { get; set; } = ""; }
        public record struct RArgs(string Name, int Page);
        public interface IStore { string Path(); }
        static class H { public static string Get(string q) => File.ReadAllText("/d/" + q); // finds STC1005
          public static string NotMapped(string q) => File.ReadAllText("/d/" + q); }
        """, null, Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Middleware_ReadsTheRequest() => LineVerifier.VerifyAsync("STC1005", """
        public class Mw { readonly RequestDelegate _n; public Mw(RequestDelegate n) => _n = n;
          public Task InvokeAsync(HttpContext c) { File.Delete("/d/" + c.Request.Query["x"]); return _n(c); } // finds STC1005
        }
        public class Mw2 : IMiddleware { public Task InvokeAsync(HttpContext context, RequestDelegate next) { File.Delete(context.Request.Cookies["x"]); return next(context); } } // finds STC1005
        """);
}
