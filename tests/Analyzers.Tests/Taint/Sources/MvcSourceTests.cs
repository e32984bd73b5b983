namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Actions, bound properties, filters and binders of ASP.NET Core MVC.</summary>
public sealed class MvcSourceTests
{
    [Fact]
    public Task Actions_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        [ApiController, Route("x")] public class C1 : ControllerBase {
          [HttpGet("{id}")] public string A(string id) => System.IO.File.ReadAllText(id); // finds STC1005
          [HttpPost] public string B(Dto d) => System.IO.File.ReadAllText(d.Inner.Name); // finds STC1005
          [HttpPost] public string B2(List<Dto> d) => System.IO.File.ReadAllText(d[0].Inner.Name); // finds STC1005
          [HttpPost] public string B3(Dictionary<string,string> d) => System.IO.File.ReadAllText(d["x"]); // finds STC1005
          [HttpGet] public string C([FromServices] Dto d) => System.IO.File.ReadAllText(d.Inner.Name);
          [NonAction] public string D(string id) => System.IO.File.ReadAllText(id);
          string E(string id) => System.IO.File.ReadAllText(id);
          [HttpGet] public string F(Kind k, DateTime t, Guid g, bool b, int? i, long[] l) => System.IO.File.ReadAllText("/d/" + k + t + g + b + i + l[0]);
          [HttpGet] public string G() => System.IO.File.ReadAllText(RouteData.Values["x"]!.ToString()); // finds STC1005
          [HttpGet] public async Task<string> H() { var m = new Dto(); await TryUpdateModelAsync(m); return System.IO.File.ReadAllText(m.Inner.Name); } // finds STC1005
          [FromQuery] public string Q { get; set; } = "";
          [HttpGet] public string I() => System.IO.File.ReadAllText(Q); // finds STC1005
          [HttpGet] public string J() => System.IO.File.ReadAllText(Request.GetTypedHeaders().Referer!.AbsolutePath); // finds STC1005
          [HttpGet] public string K() { Request.Headers.TryGetValue("x", out var v); return System.IO.File.ReadAllText(v.ToString()); } // finds STC1005
          [HttpGet] public string L() => System.IO.File.ReadAllText(Request.Headers.UserAgent.ToString()); // finds STC1005
          [HttpGet] public string M() => System.IO.File.ReadAllText(HttpContext.Request.Host.Value); // finds STC1005
          public class Dto { public Inner Inner { get; set; } = new(); } public class Inner { public string Name { get; set; } = ""; } public enum Kind { A }
        }
        public class Plain { public string A(string id) => System.IO.File.ReadAllText(id); }
        public class PocoController { public string A(string id) => System.IO.File.ReadAllText(id); } // finds STC1005
        public class Flt : Microsoft.AspNetCore.Mvc.Filters.IActionFilter { public void OnActionExecuted(Microsoft.AspNetCore.Mvc.Filters.ActionExecutedContext context) { } public void OnActionExecuting(Microsoft.AspNetCore.Mvc.Filters.ActionExecutingContext context) { System.IO.File.Delete((string)context.ActionArguments["x"]!); } } // finds STC1005
        public class Binder : Microsoft.AspNetCore.Mvc.ModelBinding.IModelBinder { public Task BindModelAsync(Microsoft.AspNetCore.Mvc.ModelBinding.ModelBindingContext b) { var v = b.ValueProvider.GetValue("x").FirstValue; System.IO.File.Delete(v); return Task.CompletedTask; } } // finds STC1005
        """);
}
