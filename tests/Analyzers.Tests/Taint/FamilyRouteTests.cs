namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>Real shapes of every injection family through every route that a value can take, and safe ones beside them.</summary>
public sealed class FamilyRouteTests
{
    [Fact]
    public Task Sql_EveryRoute() => LineVerifier.VerifyActionsAsync("STC1001", """
          SqliteConnection c = null!; string _f = ""; static string s_f = "";
          void Q(string t) { using var k = c.CreateCommand(); k.CommandText = t; k.ExecuteNonQuery(); } // finds STC1001
          public void A(string n) => Q("select " + n);
          string R(string n) => "select " + n; public void B(string n) { using var k = c.CreateCommand(); k.CommandText = R(n); } // finds STC1001
          public void C(string n) { _f = n; C2(); } void C2() { using var k = c.CreateCommand(); k.CommandText = "select " + _f; } // finds STC1001
          public void D(string n) { s_f = n; } public void D2() { using var k = c.CreateCommand(); k.CommandText = "select " + s_f; } // finds STC1001
          public void E(string n) { var a = new[] { "x", n }; using var k = c.CreateCommand(); k.CommandText = "select " + a[1]; } // finds STC1001
          public void F(string n) { var d = new Dictionary<int, string> { [1] = n }; using var k = c.CreateCommand(); k.CommandText = "select " + d[1]; } // finds STC1001
          public class Box { public string V { get; set; } = ""; }
          public void G(string n) { var j = JsonSerializer.Serialize(new Box { V = n }); var b = JsonSerializer.Deserialize<Box>(j); using var k = c.CreateCommand(); k.CommandText = "select " + b!.V; } // finds STC1001
          public void H(string n) { var x = new System.Xml.Serialization.XmlSerializer(typeof(Box)); var w = new StringWriter(); x.Serialize(w, new Box { V = n }); var b = (Box)x.Deserialize(new StringReader(w.ToString()))!; using var k = c.CreateCommand(); k.CommandText = "select " + b.V; } // finds STC1001
          class L1 { public void Go(string s, SqliteConnection c) => new L2().Go(s, c); } class L2 { public void Go(string s, SqliteConnection c) => new L3().Go(s, c); } class L3 { public void Go(string s, SqliteConnection c) => new L4().Go(s, c); } class L4 { public void Go(string s, SqliteConnection c) => new L5().Go(s, c); } class L5 { public void Go(string s, SqliteConnection c) { using var k = c.CreateCommand(); k.CommandText = "select " + s; } } // finds STC1001
          public void I(string n) => new L1().Go(n, c);
          abstract class Ab { public abstract void Do(string s, SqliteConnection c); } class Im : Ab { public override void Do(string s, SqliteConnection c) { using var k = c.CreateCommand(); k.CommandText = "select " + s; } } // finds STC1001
          public void J(string n) { Ab a = new Im(); a.Do(n, c); }
          public void K(string n) { Action<string> f = s => { using var k = c.CreateCommand(); k.CommandText = s; }; f(n); } // finds STC1001
          public async Task M(string n) { var t = await Task.Run(() => n + "x"); using var k = c.CreateCommand(); k.CommandText = "select " + t; } // finds STC1001
          public void N(string n) { void Loc(string s) { using var k = c.CreateCommand(); k.CommandText = s; } Loc(n); } // finds STC1001
          public void O(string n, DbContext db) { db.Database.ExecuteSqlRaw("delete from x where n = '" + n + "'"); } // finds STC1001
          public void P(string n) { c.Query("select * from x where n = '" + n + "'"); } // finds STC1001
          public void S(string n) { var sb = new StringBuilder("select "); sb.Append(n); sb.AppendLine(); using var k = new SqliteCommand(sb.ToString(), c); } // finds STC1001
          public void T(string n) { var q = string.Format("select {0}", n); using var k = new SqliteCommand { CommandText = q }; } // finds STC1001
          public void U(string n) { foreach (var w in n.Split(',')) { using var k = new SqliteCommand("select " + w, c); } } // finds STC1001
          public void V(string n) { try { throw new Exception(n); } catch (Exception e) { using var k = new SqliteCommand("select " + e.Message, c); } } // finds STC1001
          IEnumerable<string> It(string n) { yield return "a"; yield return n; } public void W(string n) { foreach (var w in It(n)) { using var k = new SqliteCommand(w, c); } } // finds STC1001
          public void X(string n) { var (a, b) = (n, 1); using var k = new SqliteCommand("select " + a, c); } // finds STC1001
          public void Y(string n) { string o; Out(n, out o); using var k = new SqliteCommand("select " + o, c); } void Out(string n, out string o) => o = n; // finds STC1001
          public void Z(string n) { var t = n switch { "a" => "x", _ => n }; using var k = new SqliteCommand("select " + t, c); } // finds STC1001
          public void AA(string n) { if (n.Length > 3) { using var k = new SqliteCommand("select " + n.Replace("'", "''"), c); } } // finds STC1001
          public void AB(string sort) { using var k = new SqliteCommand("select * from x order by " + sort, c); } // finds STC1001
          public void AC(string n) { var l = new List<string>(); l.Add(n); var q = string.Join(",", l); using var k = new SqliteCommand($"select * from x where id in ({q})", c); } // finds STC1001
          public void AD([FromServices] IRepo r, string n) => r.Find(n); public interface IRepo { void Find(string n); } public class Repo : IRepo { SqliteConnection c = null!; public void Find(string n) { using var k = new SqliteCommand("select " + n, c); } } // finds STC1001
          public void AE() { var n = Request.Query["x"]; using var k = new SqliteCommand("select " + n, c); } // finds STC1001
          public void AF() { using var k = new SqliteCommand("select " + Request.Form["x"].FirstOrDefault(), c); } // finds STC1001
          public void AG(string? n) { n ??= "x"; using var k = new SqliteCommand("select " + n, c); } // finds STC1001
          public void AH(string n) { var x = n; if (x == "a") x = "b"; using var k = new SqliteCommand("select " + x, c); } // finds STC1001
          public void AI(string n) { var s = new Span<char>(n.ToCharArray()); using var k = new SqliteCommand("select " + s.ToString(), c); } // finds STC1001
          public void AJ(string n) { object o = n; using var k = new SqliteCommand("select " + (string)o, c); } // finds STC1001
          public void AK(string n) { var l = new Lazy<string>(() => n); using var k = new SqliteCommand("select " + l.Value, c); } // finds STC1001
          public void AL(string n) { var r = new Rec(n); using var k = new SqliteCommand("select " + (r with { B = 2 }).A, c); } record Rec(string A, int B = 1); // finds STC1001
          event Action<string>? Ev; public void AM(string n) { Ev += s => { using var k = new SqliteCommand("select " + s, c); }; Ev(n); } // finds STC1001
          public void AN(string n) { var q = new Queue<string>(); q.Enqueue(n); while (q.Count > 0) { using var k = new SqliteCommand("select " + q.Dequeue(), c); } } // finds STC1001
          public void AO(string n) { var m = new MemoryStream(Encoding.UTF8.GetBytes(n)); using var r = new StreamReader(m); using var k = new SqliteCommand("select " + r.ReadToEnd(), c); } // finds STC1001
          public void AQ(string n) { var x = from w in n.Split(' ') where w != "" select w; using var k = new SqliteCommand("select " + x.First(), c); } // finds STC1001
        """);

    [Fact]
    public Task Sql_SafeTwins() => LineVerifier.VerifyActionsAsync("STC1001", """
          SqliteConnection c = null!; public enum Col { A, B } static readonly HashSet<string> s_cols = new() { "a", "b" }; static readonly Dictionary<string, string> s_map = new() { ["a"] = "A" }; const bool Off = false; static readonly int s_five = 5; private int _three = 3;
          public void A(string n) { using var k = new SqliteCommand("select @p", c); k.Parameters.AddWithValue("@p", n); }
          public void B(string n) { using var k = new SqliteCommand("select " + int.Parse(n), c); }
          public void C(string n) { if (!int.TryParse(n, out var i)) return; using var k = new SqliteCommand("select " + i, c); }
          public void D(Col n) { using var k = new SqliteCommand("select " + n, c); }
          public void E(string n) { if (!s_cols.Contains(n)) return; using var k = new SqliteCommand("select " + n, c); }
          public void F(string n) { using var k = new SqliteCommand("select " + s_map[n], c); }
          public void G(string n) { var t = n switch { "a" => "x", "b" => "y", _ => "z" }; using var k = new SqliteCommand("select " + t, c); }
          public void H(string n) { n = "x"; using var k = new SqliteCommand("select " + n, c); }
          public void I(string n) { var t = "x"; if (false) t = n; if (5 > 3) t = "y"; else t = n; if (Off) t = n; using var k = new SqliteCommand("select " + t, c); }
          public void I2(string n) { var t = "x"; if (s_five != 5) t = n; if (_three == 4) t = n; using var k = new SqliteCommand("select " + t, c); }
          public void J(string n) { if (!Regex.IsMatch(n, "^[a-z]+$")) throw new ArgumentException(); using var k = new SqliteCommand("select " + n, c); }
          public void K(Guid n, DateTime d, bool b) { using var k = new SqliteCommand($"select {n} {d} {b}", c); }
          public void L(string n, Db db) { var x = db.Rows.Where(r => r.Name == n).ToList(); db.Database.ExecuteSqlInterpolated($"delete from x where n = {n}"); db.Rows.FromSqlInterpolated($"select {n}"); db.Rows.FromSql($"select {n}"); db.Database.ExecuteSqlRaw("delete from x where n = {0}", n); c.Query("select * from x where n = @n", new { n }); }
          public void M(string n) { var col = n == "name" ? "name" : "id"; using var k = new SqliteCommand("select " + col, c); }
          public void N(string n) { if (Enum.TryParse<Col>(n, out var e)) { using var k = new SqliteCommand("select " + e, c); } }
          public void O(string n) { var d = new Dictionary<string, string> { ["x"] = n, ["y"] = "ok" }; using var k = new SqliteCommand("select " + d["y"], c); }
          public void P(string n) { var l = new List<string> { n }; l.Clear(); l.Add("a"); using var k = new SqliteCommand("select " + l[0], c); }
          public void Q(string n) { using var k = new SqliteCommand("select " + n.Length, c); }
          public void R(string n) { var id = n.GetHashCode(); using var k = new SqliteCommand("select " + id, c); }
          class Box { public string V = ""; public string W = ""; } public void S(string n) { var b = new Box { V = n, W = "x" }; using var k = new SqliteCommand("select " + b.W, c); }
          public void T(string n) { Validate(n); using var k = new SqliteCommand("select " + n, c); } static void Validate(string n) { if (!s_cols.Contains(n)) throw new ArgumentException(); }
          public void U(string n) { if (n is not ("a" or "b")) return; using var k = new SqliteCommand("select " + n, c); }
          public void V(string n) { switch (n) { case "a": case "b": using (var k = new SqliteCommand("select " + n, c)) { } break; } }
          public void W(string[] ids) { var q = string.Join(",", ids.Select(int.Parse)); using var k = new SqliteCommand($"select * from x where id in ({q})", c); }
          public void X(string n) { var ps = n.Split(',').Select((_, i) => "@p" + i); using var k = new SqliteCommand($"select * from x where id in ({string.Join(",", ps)})", c); }
          public void Y(string n) { if (n.All(char.IsLetterOrDigit)) { using var k = new SqliteCommand("select " + n, c); } }
          public void Z(string n) { while (false) { using var k = new SqliteCommand("select " + n, c); } for (int i = 0; i < 0; i++) { using var k = new SqliteCommand("select " + n, c); } }
          public class Row { public int Id { get; set; } public string Name { get; set; } = ""; } public class Db : DbContext { public DbSet<Row> Rows => Set<Row>(); }
        """);

    [Fact]
    public Task OtherInterpreters_EveryRoute() => LineVerifier.VerifyWithLibrariesAsync("STC1002 STC1008 STC1009 STC1014 STC1015 STC1016 STC1017 STC1018 STC1019", """
        public class HomeController : Controller
        {
          public void A(string n) { MongoDB.Bson.BsonDocument.Parse("{ name: '" + n + "' }"); } // finds STC1002
          public void B(string n) { MongoDB.Driver.FilterDefinition<Box> f = "{ name: '" + n + "' }"; } public class Box { } // finds STC1002
          public void C(string n) { new Microsoft.Azure.Cosmos.QueryDefinition("select * from c where c.n = '" + n + "'"); } // finds STC1002
          public void D(string n) { new MongoDB.Bson.BsonDocument("$where", "this.name == '" + n + "'"); } // finds STC1002
          public void E(string n, System.DirectoryServices.DirectorySearcher s) { s.Filter = "(uid=" + n + ")"; } // finds STC1008
          public void F(string n) { new System.DirectoryServices.DirectorySearcher("(&(objectClass=user)(uid=" + n + "))"); } // finds STC1008
          public void G(string n) { new System.DirectoryServices.DirectoryEntry("LDAP://cn=" + n + ",dc=x"); } // finds STC1008
          public void H(string n) { new System.DirectoryServices.Protocols.SearchRequest("dc=x", $"(uid={n})", System.DirectoryServices.Protocols.SearchScope.Subtree); } // finds STC1008
          public void I(string n, XmlDocument d) { d.SelectSingleNode("//user[@name='" + n + "']"); } // finds STC1009
          public void J(string n, System.Xml.XPath.XPathNavigator d) { d.Evaluate("//user[@name='" + n + "']"); var e = d.Compile(n); } // finds STC1009
          public void K(string n, System.Xml.Linq.XDocument d) { System.Xml.XPath.Extensions.XPathSelectElement(d, "//u[.='" + n + "']"); } // finds STC1009
          public void L(string n, XmlWriter w) { w.WriteRaw("<a>" + n + "</a>"); } // finds STC1009
          public void M(string n, XmlElement w) { w.InnerXml = "<a>" + n + "</a>"; } // finds STC1009
          public void N(string n) { new XmlDocument().LoadXml("<a>" + n + "</a>"); } // finds STC1009
          public void O(string n) { Microsoft.CodeAnalysis.CSharp.Scripting.CSharpScript.EvaluateAsync(n); } // finds STC1016
          public void P(string n) { new System.Data.DataTable().Compute(n, ""); } // finds STC1016
          public void Q(string n, IQueryable<string> q) { System.Linq.Dynamic.Core.DynamicQueryableExtensions.Where(q, "Length > " + n); } // finds STC1016
          public void R(string n) { Activator.CreateInstance(Type.GetType(n)!); } // finds STC1017
          public void S(string n) { System.Reflection.Assembly.LoadFrom(n); } // finds STC1017
          public void T(string n) { GetType().GetMethod(n)!.Invoke(this, null); } // finds STC1017
          public void U(string n) { Regex.IsMatch("x", n); } // finds STC1018
          public void V(string n) { string.Format(n, 1); } // finds STC1019
          public void W(string n) { new SqliteConnection("Data Source=" + n); } // finds STC1019
          public void X(string n) { Environment.SetEnvironmentVariable(n, "x"); } // finds STC1019
          public void Y(string n, System.Net.Mail.MailMessage m) { m.Subject = n; m.Headers.Add("X-A", n); } // finds STC1014
          public void Z(string n, HttpListenerResponse r) { r.AddHeader("X", n); r.Headers["Y"] = n; } // finds STC1014
          public void AA(string n) { Response.Headers["Set-Cookie"] = "a=" + n; } // finds STC1014
          public void AB(string n, ILogger l) { l.LogInformation("x " + n); } // finds STC1015
          public void AC(string n, ILogger l) { l.LogInformation($"x {n}"); } // finds STC1015
          public void AD(string n) { Trace.WriteLine("x" + n); } // finds STC1015
          public void AE(string n, Serilog.ILogger l, NLog.Logger g) { l.Information("x" + n); g.Info("x" + n); } // finds STC1015
          public void AF(string n, log4net.ILog l) { l.Info("x" + n); } // finds STC1015
          public void AG(string n) { Console.WriteLine("user " + n); }
          public void AH(string n, ILogger<HomeController> l) { l.Log(LogLevel.Error, "x" + n); } // finds STC1015
          public void AI(string n) { using var w = new EventLog("x"); w.WriteEntry("x" + n); } // finds STC1015
        }
        """);

    [Fact]
    public Task OtherInterpreters_SafeTwins() => LineVerifier.VerifyWithLibrariesAsync("STC1002 STC1008 STC1009 STC1014 STC1015 STC1016 STC1017 STC1018 STC1019", """
        public class HomeController : Controller
        {
          public void A(string n) { MongoDB.Driver.Builders<Box>.Filter.Eq("name", n); new MongoDB.Bson.BsonDocument("name", n); new MongoDB.Bson.BsonDocument { { "name", n } }; } public class Box { }
          public void C(string n) { new Microsoft.Azure.Cosmos.QueryDefinition("select * from c where c.n = @n").WithParameter("@n", n); }
          public void E(int n, System.DirectoryServices.DirectorySearcher s) { s.Filter = "(uid=" + n + ")"; }
          public void F(string n, System.DirectoryServices.DirectorySearcher s) { s.Filter = "(uid=" + Esc(n) + ")"; } static string Esc(string s) => s.Replace("\\", "\\5c").Replace("*", "\\2a").Replace("(", "\\28").Replace(")", "\\29");
          public void I(string n, XmlDocument d) { var x = d.CreateElement("a"); x.InnerText = n; x.SetAttribute("b", n); new System.Xml.Linq.XElement("a", n); }
          public void J(string n, XmlWriter w) { w.WriteString(n); w.WriteElementString("a", n); }
          public void L(string n, XmlWriter w) { w.WriteRaw("<a>" + System.Security.SecurityElement.Escape(n) + "</a>"); }
          public void O(string n) { new XmlDocument().LoadXml(n); System.Xml.Linq.XDocument.Parse(n); }
          public void R(string n) { var t = n switch { "a" => typeof(int), _ => typeof(string) }; Activator.CreateInstance(t); }
          public void U(string n) { Regex.IsMatch(n, "^x$"); Regex.IsMatch("x", Regex.Escape(n)); new Regex(n, RegexOptions.NonBacktracking); }
          public void V(string n) { string.Format("{0}", n); new StringBuilder().AppendFormat("{0}", n); Console.WriteLine("{0}", n); Console.WriteLine(n); }
          public void AB(string n, ILogger l) { l.LogInformation("x {N}", n); l.LogInformation("x " + n.Length); l.LogInformation("x " + n.Replace("\n", "").Replace("\r", "")); }
          public void AA(string n) { Response.Headers["X-A"] = n; Response.Cookies.Append("a", n); }
          public void W(string n) { var b = new SqliteConnectionStringBuilder { DataSource = n }; }
          public void X(string n) { Environment.SetEnvironmentVariable("MY_X", n); }
        }
        """);

    [Fact]
    public Task PathsCommandsMarkupRequests_EveryRoute() => LineVerifier.VerifyWithLibrariesAsync("STC1003 STC1005 STC1007 STC1011 STC1012 STC1013", """
        public class HomeController : Controller
        {
          public void A(string n) { new FileInfo("/d/" + n).Delete(); } // finds STC1005
          public IActionResult B(string n) => File(new FileStream("/d/" + n, FileMode.Open), "x/y"); // finds STC1005
          public IResult C(string n) => Results.File("/d/" + n); // finds STC1005
          public void D(string n) { foreach (var f in Directory.GetFiles("/d/" + n)) { } } // finds STC1005
          public async Task E(IFormFile f) { await using var s = System.IO.File.Create(Path.Combine("up", f.FileName)); await f.CopyToAsync(s); } // finds STC1005
          public void F(string n) { using var w = new StreamWriter("/d/" + n); } // finds STC1005
          public void G(string n) { System.IO.File.Move("/d/a", "/d/" + n); } // finds STC1005
          public void H(string n) { System.IO.File.WriteAllBytes(Path.Join("/d", n), new byte[1]); } // finds STC1005
          public void I(string n) { var p = n.Replace("../", ""); System.IO.File.Delete("/d/" + p); } // finds STC1005
          public void J(string n) { if (System.IO.File.Exists("/d/" + n)) System.IO.File.Delete("/d/" + n); } // finds STC1005
          public void K(string n) { if (n.EndsWith(".txt")) System.IO.File.Delete("/d/" + n); } // finds STC1005
          public IActionResult L(string n) { var p = new Microsoft.Extensions.FileProviders.PhysicalFileProvider("/d/" + n); return Ok(); } // finds STC1005
          public void M(string n) { System.IO.File.OpenHandle("/d/" + n); } // finds STC1005
          public void N(string n) { XDoc(n); } void XDoc(string n) { new XmlDocument().Load("/d/" + n); } // finds STC1005
          public void O(ZipArchive z) { foreach (var e in z.Entries) { var p = Path.Combine("/d", e.FullName); e.ExtractToFile(p); } } // finds STC1007
          public void P(ZipArchive z) { foreach (var e in z.Entries) { var p = Path.GetFullPath(Path.Combine("/d", e.FullName)); using var s = e.Open(); using var o = System.IO.File.Create(p); s.CopyTo(o); } } // finds STC1007
          public void Q(System.Formats.Tar.TarReader t) { System.Formats.Tar.TarEntry? e; while ((e = t.GetNextEntry()) != null) e.ExtractToFile("/d/" + e.Name, true); } // finds STC1007
          public void R(ICSharpCode.SharpZipLib.Zip.ZipInputStream z) { var e = z.GetNextEntry(); using var o = System.IO.File.Create(Path.Combine("/d", e.Name)); } // finds STC1007
          public void S(string n) { Process.Start("sh", "-c \"ls " + n + "\""); } // finds STC1003
          public void T(string n) { Process.Start(new ProcessStartInfo { FileName = "cmd.exe", Arguments = "/c " + n }); } // finds STC1003
          public void U(string n) { var p = new Process(); p.StartInfo.FileName = "bash"; p.StartInfo.Arguments = $"-c \"{n}\""; p.Start(); } // finds STC1003
          public void V(string n) { Process.Start(n); } // finds STC1003
          public void V2(string n) { Process.Start("bash", new[] { "-c", n }); } // finds STC1003
          public void V3(string n) { var i = new ProcessStartInfo("sh"); i.ArgumentList.Add("-c"); i.ArgumentList.Add("ls " + n); } // finds STC1003
          public IActionResult W(string n) => Content("<b>" + n, "text/html"); // finds STC1011
          public IActionResult X(string n) => new ContentResult { Content = "<b>" + n, ContentType = "text/html" }; // finds STC1011
          public IResult Y(string n) => Results.Content("<b>" + n, "text/html"); // finds STC1011
          public IResult Y2(string n) => Results.Text("<b>" + n, "text/html", Encoding.UTF8); // finds STC1011
          public Task Z(string n) { Response.ContentType = "text/html"; return Response.WriteAsync("<b>" + n); } // finds STC1011
          public object AA(string n) => new Microsoft.AspNetCore.Html.HtmlString(n); // finds STC1011
          public object AB(string n) => (Microsoft.AspNetCore.Components.MarkupString)n; // finds STC1011
          public object AC(string n) => new Microsoft.AspNetCore.Components.MarkupString(n); // finds STC1011
          public void AD(string n, Microsoft.AspNetCore.Razor.TagHelpers.TagHelperOutput o) { o.Content.SetHtmlContent(n); } // finds STC1011
          public void AE(string n, Microsoft.AspNetCore.Razor.TagHelpers.TagHelperOutput o) { o.PreContent.AppendHtml("<b>" + n); } // finds STC1011
          public object AF(string n, Microsoft.AspNetCore.Mvc.Rendering.IHtmlHelper h) => h.Raw(n); // finds STC1011
          public IActionResult AG(string n) => Redirect(n); // finds STC1012
          public IActionResult AH(string n) => new RedirectResult(n); // finds STC1012
          public void AI(string n) { Response.Redirect(n); } // finds STC1012
          public void AJ(string n) { Response.Headers.Location = n; } // finds STC1012
          public IActionResult AK(string returnUrl) { if (string.IsNullOrEmpty(returnUrl)) returnUrl = "/"; return Redirect(returnUrl); } // finds STC1012
          public IResult AL(string n) => TypedResults.Redirect(n); // finds STC1012
          public IActionResult AM(string n) { if (n.StartsWith("http")) return Redirect(n); return Ok(); } // finds STC1012
          public IActionResult AN(string n) { if (n.Contains("example.com")) return Redirect(n); return Ok(); } // finds STC1012
          public IActionResult AO(string n) { if (n.StartsWith("/")) return Redirect(n); return Ok(); } // finds STC1012
          public async Task<IActionResult> AP(string n, HttpClient h) => Ok(await h.GetStringAsync(n)); // finds STC1013
          public async Task<IActionResult> AQ(string n, IHttpClientFactory f) { var c = f.CreateClient(); var r = new HttpRequestMessage(HttpMethod.Get, n); return Ok(await c.SendAsync(r)); } // finds STC1013
          public void AR(string n) { var w = (HttpWebRequest)WebRequest.Create(n); } // finds STC1013
          public void AS(string n) { new WebClient().DownloadString(n); } // finds STC1013
          public async Task AT(string host, HttpClient h) { await h.GetAsync($"http://{host}/api"); } // finds STC1013
          public async Task AU(string u, HttpClient h) { if (Uri.TryCreate(u, UriKind.Absolute, out var x)) await h.GetAsync(x); } // finds STC1013
          public void AV(string u) { new HttpClient { BaseAddress = new Uri(u) }; } // finds STC1013
          public void AW(string u) { var b = new UriBuilder { Host = u, Scheme = "http" }; new HttpClient().GetAsync(b.Uri); } // finds STC1013
          public void AX(string u) { new RestSharp.RestClient(u); } // finds STC1013
          public void AY(string h) { using var t = new System.Net.Sockets.TcpClient(h, 80); } // finds STC1013
        }
        """);

    [Fact]
    public Task PathsCommandsMarkupRequests_SafeTwins() => LineVerifier.VerifyWithLibrariesAsync("STC1003 STC1005 STC1007 STC1011 STC1012 STC1013", """
        public class HomeController : Controller
        {
          static readonly Dictionary<string, string> s_files = new() { ["a"] = "a.txt" }; static readonly string[] s_hosts = { "a.example" };
          public void A(int n, Guid g) { new FileInfo("/d/" + n + g).Delete(); }
          public void B(string n) { System.IO.File.Delete(Path.Combine("/d", Path.GetFileName(n))); }
          public void C(string n) { if (s_files.TryGetValue(n, out var f)) System.IO.File.Delete("/d/" + f); }
          public async Task D(IFormFile f) { var p = Path.Combine("up", Guid.NewGuid() + Path.GetExtension(f.FileName)); await using var s = System.IO.File.Create(p); }
          public async Task D2(IFormFile f) { await using var s = System.IO.File.Create(Path.GetTempFileName()); await f.CopyToAsync(s); }
          public void E(string n) { System.IO.File.WriteAllText("/d/x", n); }
          public IActionResult F(string n) => Json(new { n }); public IActionResult F2(string n) => Ok(n); public IActionResult F3(string n) => Content(n); public IActionResult F4(string n) => View((object)n);
          public IActionResult G(string n) => Content("<b>" + System.Text.Encodings.Web.HtmlEncoder.Default.Encode(n), "text/html"); public IActionResult G2(string n) => Content("<b>" + WebUtility.HtmlEncode(n), "text/html"); public IActionResult G3(int n) => Content("<b>" + n, "text/html");
          public IActionResult H(string n) => LocalRedirect(n); public IActionResult H2(string n) => RedirectToAction("Index", new { n }); public IActionResult H3(string n) => Redirect("/x?y=" + Uri.EscapeDataString(n));
          public IActionResult I(string n) { if (Url.IsLocalUrl(n)) return Redirect(n); return Redirect("/"); } public IActionResult I2(string n) { if (!Url.IsLocalUrl(n)) return BadRequest(); return Redirect(n); } public IActionResult I3(string n) => Redirect(Url.IsLocalUrl(n) ? n : "/");
          public IActionResult J(string n) { if (Uri.TryCreate(n, UriKind.Absolute, out var u) && s_hosts.Contains(u.Host)) return Redirect(n); return Ok(); }
          public async Task K(string n, HttpClient h) { if (Uri.TryCreate(n, UriKind.Absolute, out var u) && u.Scheme == "https" && s_hosts.Contains(u.Host)) await h.GetAsync(u); }
          public async Task L(string n, HttpClient h) { await h.PostAsync("https://a.example/", new StringContent(n)); await h.GetAsync("https://a.example/?q=" + Uri.EscapeDataString(n)); }
          public void M(string n) { Process.Start("/bin/ls", new[] { "-l", "--", n }); var i = new ProcessStartInfo("/bin/ls"); i.ArgumentList.Add(n); }
          public void N(string n) { var p = n == "a" ? "/bin/a" : "/bin/b"; Process.Start(p); }
          public void O(ZipArchive z) { z.ExtractToDirectory("/d"); foreach (var e in z.Entries) { e.ExtractToFile(Path.Combine("/d", e.Name)); } }
          public void P(ZipArchive z) { var root = Path.GetFullPath("/d/"); foreach (var e in z.Entries) { var p = Path.GetFullPath(Path.Combine(root, e.FullName)); if (!p.StartsWith(root, StringComparison.Ordinal)) continue; e.ExtractToFile(p); } }
          public IActionResult Q(string n) { var html = "<p>" + n + "</p>"; return Content(html, "text/plain"); } 
          public IActionResult R(string lang) { var f = lang switch { "de" => "de.txt", _ => "en.txt" }; return PhysicalFile("/d/" + f, "text/plain"); }
        }
        """);

    // What a dynamic expression becomes is decided while the program runs; the compiler names no constructor.
    [Fact]
    public Task DynamicCreation_KnownLimit() => LineVerifier.VerifyActionsAsync("STC1001", """
        public void A(string n, SqliteConnection c) { dynamic d = n; using var k = new SqliteCommand("select " + d, c); }
        """);
}
