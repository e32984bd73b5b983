namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>What teams write in ASP.NET Core, by family: overloads, initialisers, partial checks; and the safe code beside it.</summary>
public sealed class AspNetCoreFamilyTests
{
    [Fact]
    public Task AspNetCoreShapes_AreReported() => LineVerifier.VerifyActionsAsync("STC1003 STC1005 STC1011 STC1012 STC1013 STC1015 STC1017 STC1018 STC1019 STC1020", """
          public async Task A(string n, HttpClient h) { await h.PostAsync(n, null); } // finds STC1013
          public async Task B(string n, IHttpClientFactory f) { using var c = f.CreateClient("x"); c.BaseAddress = new Uri(n); } // finds STC1013
          public async Task C(string n) { using var c = new HttpClient(); await System.Net.Http.Json.HttpClientJsonExtensions.GetFromJsonAsync<string>(c, n); } // finds STC1013
          public async Task D(string n) { using var p = new System.Net.NetworkInformation.Ping(); await p.SendPingAsync(n); } // finds STC1013
          public void F(string n) { var r = (FtpWebRequest)WebRequest.Create("ftp://" + n + "/x"); } // finds STC1013
          public async Task G(string n, HttpClient h) { var u = new UriBuilder(n); await h.GetAsync(u.Uri); } // finds STC1013
          public async Task H(string n, HttpClient h) { await h.GetAsync(new Uri(new Uri("http://a.example"), n)); } // finds STC1013
          public async Task I(string n, HttpClient h) { var r = new HttpRequestMessage { RequestUri = new Uri(n) }; await h.SendAsync(r); } // finds STC1013
          public async Task J(string sub, HttpClient h) { await h.GetAsync($"https://{sub}.example.com/"); } // finds STC1013
          public IActionResult L(string f) { return new PhysicalFileResult("/d/" + f, "text/plain"); } // finds STC1005
          public async Task M(string f) { await Response.SendFileAsync("/d/" + f); } // finds STC1005
          public void N(string f) { var s = System.IO.File.ReadAllLines($"logs/{f}.log"); } // finds STC1005
          public void O(string f) { System.IO.File.Copy("/d/" + f, "/x"); } // finds STC1005
          public void P(string d) { Directory.CreateDirectory(Path.Combine("/d", d)); } // finds STC1005
          public void Q(string d) { new DirectoryInfo("/d/" + d).Delete(true); } // finds STC1005
          public void R(string d) { ZipFile.ExtractToDirectory("/a.zip", "/d/" + d); } // finds STC1005
          public void S(string d, Microsoft.AspNetCore.Hosting.IWebHostEnvironment e) { var p = Path.Combine(e.WebRootPath, "u", d); using var s = new FileStream(p, FileMode.Create); } // finds STC1005
          public void T(string d, Microsoft.Extensions.FileProviders.IFileProvider e) { var p = e.GetFileInfo(d); System.IO.File.ReadAllText(p.PhysicalPath!); } // finds STC1005
          public void U(string c) { Process.Start("powershell.exe", $"-Command Get-Process {c}"); } // finds STC1003
          public void V(string c) { Process.Start(new ProcessStartInfo("bash", $"-c '{c}'") { UseShellExecute = false }); } // finds STC1003
          public void W(string c) { var p = new Process { StartInfo = { FileName = "/bin/sh", Arguments = "-c " + c } }; p.Start(); } // finds STC1003
          public void X(string c) { var p = new Process { StartInfo = new ProcessStartInfo { FileName = c } }; p.Start(); } // finds STC1003
          public void Y(string c) { var psi = new ProcessStartInfo("cmd"); psi.Arguments = string.Join(" ", "/c", c); Process.Start(psi); } // finds STC1003
          public IActionResult Z(string q) { ViewBag.Html = new Microsoft.AspNetCore.Html.HtmlString("<b>" + q + "</b>"); return View(); } // finds STC1011
          public async Task AA(string q) { await HttpContext.Response.WriteAsync($"<html><body>{q}</body></html>"); } // finds STC1011
          public IResult AB(string q) => TypedResults.Content($"<b>{q}</b>", "text/html"); // finds STC1011
          public IResult AC(string q) => Results.Extensions.ToString() == "" ? Results.Ok() : Results.Content(q, contentType: "text/html"); // finds STC1011
          public IActionResult AD(string q) => new ContentResult() { ContentType = "text/html; charset=utf-8", Content = $"<p>{q}</p>", StatusCode = 200 }; // finds STC1011
          public IActionResult AG(string url) => RedirectPermanent(url); // finds STC1012
          public IActionResult AH(string url) => RedirectPreserveMethod(url); // finds STC1012
          public IActionResult AI() => Redirect(Request.Headers["Referer"].ToString()); // finds STC1012
          public IActionResult AJ(string url) { Response.Headers.Append("Location", url); return StatusCode(302); } // finds STC1012
          public IActionResult AK(string url) => Redirect("https://" + url); // finds STC1012
          public IActionResult AL(string url) { if (!url.StartsWith("https://example.com")) return BadRequest(); return Redirect(url); } // finds STC1012
          public IActionResult AM(string url) { if (Uri.TryCreate(url, UriKind.Absolute, out var u) && u.Scheme == "https") return Redirect(url); return Ok(); } // finds STC1012
          public IActionResult AN(string url) { if (Uri.IsWellFormedUriString(url, UriKind.Relative)) return Redirect(url); return Ok(); } // finds STC1012
          public void AO(string t) { var x = System.Reflection.Assembly.GetExecutingAssembly().GetType(t); Activator.CreateInstance(x!); } // finds STC1017
          public void AP(string t) { System.Reflection.Assembly.Load(t); } // finds STC1017
          public void AQ(string t) { typeof(string).InvokeMember(t, System.Reflection.BindingFlags.InvokeMethod, null, "x", null); } // finds STC1017
          public void AR(string t) { System.Runtime.InteropServices.NativeLibrary.Load(t); } // finds STC1017
          public void AS(string t) { System.Runtime.Loader.AssemblyLoadContext.Default.LoadFromAssemblyPath("/p/" + t); } // finds STC1017
          public void AT(string p) { new Regex($"^{p}$", RegexOptions.IgnoreCase); } // finds STC1018
          public void AU(string p) { Regex.Replace("x", p, "y"); Regex.Split("x", p); } // finds STC1018
          public void AV(string f) { new StringBuilder().AppendFormat(f, 1); } // finds STC1019
          public void AW(string s) { new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder("Data Source=" + s); } // finds STC1019
          public class Acc { public int Id { get; set; } public bool IsAdmin { get; set; } } public class Db : DbContext { public DbSet<Acc> Accs => Set<Acc>(); }
          public void AX(Acc a, Db db) { db.Accs.Add(a); } // finds STC1020
          public void AY(Acc a, Db db) { db.Update(a); } // finds STC1020
          public void AZ(Acc a, Db db) { db.Entry(a).State = EntityState.Modified; } // finds STC1020
          public void BA(Acc a, Db db) { var x = db.Accs.Find(a.Id); db.Entry(x!).CurrentValues.SetValues(a); } // finds STC1020
          public void BB(List<Acc> a, Db db) { db.Accs.AddRange(a); } // finds STC1020
          public void BD(string s, ILogger<HomeController> l) { l.LogError(new Exception(), "a " + s); } // finds STC1015
          public void BE(string s, ILogger<HomeController> l) { l.LogInformation(string.Format("a {0}", s)); } // finds STC1015
          public void BF(string s, ILogger<HomeController> l) { var m = $"a {s}"; l.LogDebug(m); } // finds STC1015
          public void BG(string s) { Debug.WriteLine("x" + s); }
          public void BH(string s) { System.IO.File.AppendAllText("app.log", "x" + s + "\n"); }
          public void XDL(string n) { System.Xml.Linq.XDocument.Load("/data/" + n + ".xml"); } // finds STC1005
          public void XDR(string n) { using var r = XmlReader.Create(Path.Combine("/data", n)); } // finds STC1005
        """);

    [Fact]
    public Task AspNetCoreShapes_SafeTwins() => LineVerifier.VerifyActionsAsync("STC1003 STC1005 STC1011 STC1012 STC1013 STC1015 STC1017 STC1018 STC1019 STC1020", """
          public class Acc { public int Id { get; set; } public bool IsAdmin { get; set; } public string Name { get; set; } = ""; } public class Db : DbContext { public DbSet<Acc> Accs => Set<Acc>(); } public class AccDto { public string Name { get; set; } = ""; }
          public void AX(AccDto a, Db db) { db.Accs.Add(new Acc { Name = a.Name }); } public void AX2(AccDto a, Db db) { var x = db.Accs.Find(1)!; x.Name = a.Name; db.Update(x); } public void AX3([Bind("Name")] Acc a, Db db) { db.Add(a); }
          public async Task AX4(Db db) { var x = db.Accs.Find(1); await TryUpdateModelAsync(x!, "", y => y.Name); }
          public async Task G(int n, HttpClient h) { await h.GetAsync($"https://a.example/{n}"); await h.GetAsync("https://a.example/?q=" + n); }
          public async Task G2(string n, HttpClient h) { var m = new HttpRequestMessage(HttpMethod.Post, "https://a.example/") { Content = new StringContent(n) }; m.Headers.Add("X", n); await h.SendAsync(m); }
          public async Task G3(string region, HttpClient h) { var host = region switch { "eu" => "eu.example.com", _ => "us.example.com" }; await h.GetAsync($"https://{host}/"); }
          readonly string _base = Environment.GetEnvironmentVariable("B")!; public async Task G4(string n, HttpClient h) { await h.GetAsync(_base + "?x=" + Uri.EscapeDataString(n)); }
          public IActionResult K(string f) { return File(new byte[1], "text/plain", f); } public IActionResult K2(string f) { return File(new MemoryStream(), "x/y", f); }
          public void N(Guid f) { System.IO.File.ReadAllLines($"logs/{f}.log"); } public void N2(DateTime d) { System.IO.File.ReadAllLines($"logs/{d:yyyyMMdd}.log"); } public void N3(int y) => System.IO.File.ReadAllText($"{y}.txt");
          public void Z(string q) { ViewBag.Html = q; ViewData["x"] = q; } public IActionResult Z2(string q) => Json(q); public IActionResult Z3(string q) => BadRequest($"bad {q}"); public IActionResult Z4(string q) => Content($"<p>{System.Text.Encodings.Web.HtmlEncoder.Default.Encode(q)}</p>", "text/html");
          public async Task Z5(string q) { Response.ContentType = "application/json"; await Response.WriteAsync(JsonSerializer.Serialize(new { q })); } public async Task Z6(string q) { Response.ContentType = "text/plain"; await Response.WriteAsync("hello " + q); }
          public IActionResult AG(string id) => RedirectToAction("Show", new { id }); public IActionResult AG2(string id) => RedirectToPage("/x", new { id }); public IActionResult AG3(string id) => Redirect($"/items/{id}"); public IActionResult AG4(int id) => Redirect("/i/" + id); public IActionResult AG5() => Redirect(Url.Action("Index")!); public IActionResult AG6(string culture) => LocalRedirect("~/" + culture);
          public IActionResult AG7(string u) { var t = u switch { "a" => "https://a.example", _ => "/" }; return Redirect(t); } public IActionResult AG8(string u) { if (!u.StartsWith("https://example.com/")) return BadRequest(); return Redirect(u); }
          static readonly Dictionary<string, Type> s_t = new() { ["a"] = typeof(int) }; public void AO(string t) { Activator.CreateInstance(s_t[t]); } public void AO2(string t) { var m = typeof(string).GetMethods().First(x => x.Name == "Trim"); }
          public void AT(string p, string s) { Regex.IsMatch(s, @"^\d+$"); Regex.Replace(s, "a", p); new Regex("^" + Regex.Escape(p)); }
          public void BD(string s, ILogger<HomeController> l) { l.LogError(new Exception(), "a {S}", s); l.LogInformation("a {S} {T}", s, s); using (l.BeginScope("x {S}", s)) { } l.LogWarning(s.Length > 3 ? "long" : "short"); }
          public void Cmd(string c) { if (c == "start") Process.Start("/bin/svc", "start"); else Process.Start("/bin/svc", "stop"); Process.Start("/bin/svc", c.Length.ToString()); var d = new Dictionary<string, string> { ["a"] = "/bin/a" }; if (d.TryGetValue(c, out var p)) Process.Start(p); }
        """);
}
