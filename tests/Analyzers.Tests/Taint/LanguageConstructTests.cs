namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>Every construct of the language that a value can go through: the vulnerable line and, beside it, the twin that is safe.</summary>
public sealed class LanguageConstructTests
{
    private const string Types = """
        public interface I1 { string Get(string s); void Put(string s); } public class Im1 : I1 { public string Get(string s) => s; public void Put(string s) { } }
        public class Im2 : I1 { public string Get(string s) => "x"; public void Put(string s) => Process.Start("sh", "x"); }
        public abstract class Ab { public abstract string F(string s); public virtual string V(string s) => "x"; } public class Ac : Ab { public override string F(string s) => s + "!"; public override string V(string s) => s; } public class Ad : Ab { public override string F(string s) => "q"; }
        public class Gen<T> { public T Value { get; set; } = default!; public T Echo(T t) => t; } public static class Ext { public static string Shout(this string s) => s + "!"; public static string Fix(this string s) => "fix"; }
        public class Op { public string V = ""; public static Op operator +(Op a, string b) => new Op { V = b }; public static implicit operator string(Op o) => o.V; public static explicit operator Op(string s) => new Op { V = s }; public string this[int i] { get => V; set => V = value; } public void Deconstruct(out string a, out string b) { a = V; b = "x"; } }
        public record Rec(string A, string B); public record struct RS(string A, int N); public class Prim(string a, string b) { public string A => a; public string B => b; public string C { get; } = a; }
        public partial class Part { public string P = ""; } public partial class Part { public partial string M(string s); } public partial class Part { public partial string M(string s) => s; }
        public class St { public static string S = ""; public static string Ok = "x"; public static readonly Dictionary<string, string> D = new(); }
        """;

    [Fact]
    public Task InterfaceParameter() => LineVerifier.VerifyAsync("STC1003", """
        public interface I1 { void Put(string s); } public class Im2 : I1 { public void Put(string s) => Process.Start("sh", "x"); }
        public class Im1 : I1 { public void Put(string s) => Process.Start("sh", s); } // finds STC1003
        public class HomeController : Controller { public void Iface(string n, [FromServices] I1 i) => i.Put(n); }
        """);

    [Fact]
    public Task PartialTypes() => LineVerifier.VerifyAsync("STC1003", """
        public partial class Part { public string P = ""; public string Q = ""; }
        public partial class Part { public void Go() => Process.Start("sh", P); } // finds STC1003
        public partial class Part { public void Safe() => Process.Start("sh", Q); }
        public class HomeController : Controller { public void A(string n) { var p = new Part { P = n, Q = "x" }; p.Go(); p.Safe(); } }
        """);

    [Fact]
    public Task InterfacesAbstractsVirtualsGenericsExtensions() => VerifyAsync("""
            public void IfaceRet(string n) { I1 i = new Im1(); Process.Start("sh", i.Get(n)); } // finds STC1003
            public void IfaceSafe(string n) { I1 i = new Im2(); Process.Start("sh", i.Get(n)); }
            public void Abs(string n) { Ab a = new Ac(); Process.Start("sh", a.F(n)); } // finds STC1003
            public void AbsSafe(string n) { Ab a = new Ad(); Process.Start("sh", a.F(n)); Process.Start("sh", a.V(n)); }
            public void Virt(string n) { Ab a = new Ac(); Process.Start("sh", a.V(n)); } // finds STC1003
            public void Generic(string n) { var g = new Gen<string> { Value = n }; Process.Start("sh", g.Value); } // finds STC1003
            public void Generic2(string n) { Process.Start("sh", new Gen<string>().Echo(n)); Process.Start("sh", new Gen<int>().Echo(n.Length).ToString()); } // finds STC1003
            public void ExtM(string n) { Process.Start("sh", n.Shout()); } // finds STC1003
            public void ExtSafe(string n) { Process.Start("sh", n.Fix()); }
            """);

    [Fact]
    public Task OperatorsIndexersDeconstruction() => VerifyAsync("""
            public void Oper(string n) { var o = new Op() + n; Process.Start("sh", o); } // finds STC1003
            public void Oper2(string n) { var o = (Op)n; Process.Start("sh", o.V); } // finds STC1003
            public void Index(string n) { var o = new Op(); o[0] = n; Process.Start("sh", o[1]); } // finds STC1003
            public void Decon(string n) { var (a, b) = (Op)n; Process.Start("sh", b); Process.Start("sh", a); } // finds STC1003
            public void Tuple1(string n) { (string a, string b) t = (n, "x"); Process.Start("sh", t.b);
            Process.Start("sh", t.a); } // finds STC1003
            public void Swap(string n) { string a = n, b = "x"; (a, b) = (b, a); Process.Start("sh", a);
            Process.Start("sh", b); } // finds STC1003
            """);

    [Fact]
    public Task RecordsPrimaryConstructorsPartialTypesStatics() => VerifyAsync("""
            public void Records(string n) { var r = new Rec(n, "x"); var q = r with { B = "y" }; Process.Start("sh", q.B); Process.Start("sh", (r with { A = "z" }).A);
            Process.Start("sh", q.A); } // finds STC1003
            public void RecStruct(string n) { var r = new RS(n, 1); var c = r; r.A = "x"; Process.Start("sh", r.A);
            Process.Start("sh", c.A); } // finds STC1003
            public void RecToString(string n) { Process.Start("sh", new Rec(n, "x").ToString()); } // finds STC1003
            public void Primary(string n) { var p = new Prim(n, "x"); Process.Start("sh", p.B);
            Process.Start("sh", p.A); // finds STC1003
            Process.Start("sh", p.C); } // finds STC1003
            public void Partial1(string n) { var p = new Part { P = n }; Process.Start("sh", p.M(n)); } // finds STC1003
            public void Static1(string n) { St.S = n; Process.Start("sh", St.Ok); Process.Start("sh", St.S); } // finds STC1003
            public void StaticDict(string n) { St.D["k"] = n; } public void StaticDict2() { Process.Start("sh", St.D["k"]); } // finds STC1003
            """);

    [Fact]
    public Task DelegatesClosuresLocalFunctions() => VerifyAsync("""
            public void Del(string n) { Func<string, string> f = x => x + "1"; Process.Start("sh", f(n)); } // finds STC1003
            public void DelSafe(string n) { Func<string, string> f = x => "1"; Process.Start("sh", f(n)); }
            static string Id(string s) => s; public void Group(string n) { Func<string, string> f = Id; Process.Start("sh", f(n)); } // finds STC1003
            public void Closure(string n) { string c = ""; Action a = () => c = n; a(); Process.Start("sh", c); } // finds STC1003
            public void ClosureSafe(string n) { string c = ""; Action a = () => c = n; Process.Start("sh", c); }
            public void Curry(string n) { Func<string, Func<string>> f = x => () => x; Process.Start("sh", f(n)()); } // finds STC1003
            public void LocalFn(string n) { string L(string s) { return s; } Process.Start("sh", L("x")); Process.Start("sh", L(n)); } // finds STC1003
            public void LocalRec(string n) { string L(string s, int d) => d == 0 ? s : L(s, d - 1); Process.Start("sh", L(n, 5)); } // finds STC1003
            """);

    [Fact]
    public Task IteratorsAsyncTasksThreads() => VerifyAsync("""
            IEnumerable<string> Iter(string s) { for (int i = 0; i < 3; i++) yield return s + i; } public void Iterate(string n) { foreach (var s in Iter(n)) Process.Start("sh", s); } // finds STC1003
            async IAsyncEnumerable<string> AIter(string s) { await Task.Yield(); yield return s; } public async Task AIterate(string n) { await foreach (var s in AIter(n)) Process.Start("sh", s); } // finds STC1003
            async Task<string> As(string s) { await Task.Delay(1); return s; } public async Task Await1(string n) { Process.Start("sh", await As("x")); Process.Start("sh", await As(n)); } // finds STC1003
            async ValueTask<string> Vt(string s) { await Task.Yield(); return s; } public async Task Await2(string n) { Process.Start("sh", await Vt(n).ConfigureAwait(false)); } // finds STC1003
            public void Result(string n) { Process.Start("sh", As(n).Result); } // finds STC1003
            public void GetRes(string n) { Process.Start("sh", As(n).GetAwaiter().GetResult()); } // finds STC1003
            public async Task WhenAll1(string n) { var r = await Task.WhenAll(As(n), As("x")); Process.Start("sh", r[0]); } // finds STC1003
            public void Cont(string n) { As(n).ContinueWith(t => Process.Start("sh", t.Result)); } // finds STC1003
            public void RunT(string n) { Task.Run(() => Process.Start("sh", n)); } // finds STC1003
            public void Thr(string n) { new Thread(() => Process.Start("sh", n)).Start(); } // finds STC1003
            public void Par(string n) { Parallel.ForEach(new[] { n }, s => Process.Start("sh", s)); } // finds STC1003
            """);

    [Fact]
    public Task RefOutInParamsNamedArguments() => VerifyAsync("""
            void RefM(ref string a, string b) => a = b; public void Ref1(string n) { string s = "x"; RefM(ref s, n); Process.Start("sh", s); } // finds STC1003
            void OutM(string b, out string a, out string c) { a = b; c = "x"; } public void Out1(string n) { OutM(n, out var s, out var t); Process.Start("sh", t); Process.Start("sh", s); } // finds STC1003
            string InM(in string a) => a; public void In1(string n) { Process.Start("sh", InM(in n)); } // finds STC1003
            string Pa(params string[] a) => a[1]; public void Params1(string n) { Process.Start("sh", Pa("x", n)); } // finds STC1003
            string Opt(string a = "x", string b = "y") => b; public void Named(string n) { Process.Start("sh", Opt(a: n)); Process.Start("sh", Opt(b: n)); } // finds STC1003
            """);

    [Fact]
    public Task PatternsAndSwitches() => VerifyAsync("""
            public void Pat(object n, string m) { object o = m; if (o is string s) Process.Start("sh", s); } // finds STC1003
            public void Pat2(string m) { var p = new Rec(m, "x"); if (p is { A: var a, B: var b }) { Process.Start("sh", b); Process.Start("sh", a); } } // finds STC1003
            public void Pat3(string m) { var p = new Rec(m, "x"); if (p is (var a, _)) Process.Start("sh", a); } // finds STC1003
            public void Pat4(string m) { var a = new[] { m, "x" }; if (a is [var f, ..]) Process.Start("sh", f); } // finds STC1003
            public void Sw(string m) { var r = m.Length switch { 0 => "x", _ => m }; Process.Start("sh", r); } // finds STC1003
            """);

    [Fact]
    public Task Initialisers() => VerifyAsync("""
            public void CollEx(string m) { List<string> l = ["x", m]; string[] q = [.. l]; Process.Start("sh", q[1]); } // finds STC1003
            public void ObjInit(string m) { var g = new Gen<Rec> { Value = new(m, "x") }; Process.Start("sh", g.Value.B); Process.Start("sh", g.Value.A); } // finds STC1003
            public void DictInit(string m) { var d = new Dictionary<string, string> { { "a", m }, { "b", "x" } }; Process.Start("sh", d["b"]); Process.Start("sh", d["a"]); } // finds STC1003
            public void Anon(string m) { var a = new { X = m, Y = "x" }; Process.Start("sh", a.Y); Process.Start("sh", a.X); } // finds STC1003
            """);

    [Fact]
    public Task TextBuildersSpansStreams() => VerifyAsync(""""
            public void Interp(string m) { FormattableString f = $"a {m}"; Process.Start("sh", f.ToString()); } // finds STC1003
            public void Raw(string m) { Process.Start("sh", $$"""{ {{m}} }"""); } // finds STC1003
            public void Sb(string m) { var s = new StringBuilder(); s.Append($"x {m}").AppendFormat("{0}", 1).Insert(0, "a").Replace("b", "c"); Process.Start("sh", s.ToString()); } // finds STC1003
            public void SbClear(string m) { var s = new StringBuilder(m); s.Clear(); s.Append("x"); Process.Start("sh", s.ToString()); }
            public void Spn(string m) { ReadOnlySpan<char> s = m.AsSpan(1, 2); Process.Start("sh", s.ToString()); Process.Start("sh", new string(s)); } // finds STC1003
            public void Mem(string m) { ReadOnlyMemory<char> s = m.AsMemory(); Process.Start("sh", s.Span.ToString()); } // finds STC1003
            public void Crea(string m) { Process.Start("sh", string.Create(3, m, (s, st) => st.AsSpan().CopyTo(s))); } // finds STC1003
            public void Strm(string m) { using var ms = new MemoryStream(); using (var w = new StreamWriter(ms, leaveOpen: true)) w.WriteLine(m); ms.Position = 0; using var r = new StreamReader(ms); Process.Start("sh", r.ReadLine()!); } // finds STC1003
            public void Gz(string m) { using var ms = new MemoryStream(); using (var g = new GZipStream(ms, CompressionMode.Compress, true)) g.Write(Encoding.UTF8.GetBytes(m)); ms.Position = 0; using var d = new GZipStream(ms, CompressionMode.Decompress); using var r = new StreamReader(d); Process.Start("sh", r.ReadToEnd()); } // finds STC1003
            """");

    [Fact]
    public Task EventsAndExceptions() => VerifyAsync("""
            event EventHandler<string>? Ev; public void Evt(string m) { Ev += (s, e) => Process.Start("sh", e); Ev?.Invoke(this, m); } // finds STC1003
            class MyEx(string m) : Exception(m) { public string X = m; } public void Exc(string m) { try { throw new MyEx(m); } catch (MyEx e) when (e.X != "") { Process.Start("sh", e.X); } } // finds STC1003
            void Thrower(string m) => throw new InvalidOperationException(m); public void Exc2(string m) { try { Thrower(m); } catch (Exception e) { Process.Start("sh", e.Message); } } // finds STC1003
            public void Fin(string m) { string s = "x"; try { s = m; } finally { Process.Start("sh", s); } } // finds STC1003
            """);

    [Fact]
    public Task LinqLoopsAndConditions() => VerifyAsync("""
            public void Using1(string m) { using var r = new StringReader(m); Process.Start("sh", r.ReadToEnd()); } // finds STC1003
            public void Lnq(string m) { var l = new[] { m, "a" }; Process.Start("sh", l.Where(x => x != "").OrderBy(x => x).Select(x => x.Trim()).Skip(0).First()); } // finds STC1003
            public void LnqGroup(string m) { foreach (var g in new[] { m }.GroupBy(x => x)) Process.Start("sh", g.Key); } // finds STC1003
            public void LnqJoin(string m) { Process.Start("sh", new[] { m }.Zip(new[] { "x" }, (a, b) => a + b).Aggregate("", (a, b) => a + b)); } // finds STC1003
            public void LnqAny(string m) { Process.Start("sh", new[] { m }.Any(x => x == "a").ToString()); Process.Start("sh", new[] { m }.Count().ToString()); Process.Start("sh", new[] { m }.Select(x => "y").First()); }
            public void Goto1(string m) { string s = "x"; goto l; l: s = m; Process.Start("sh", s); } // finds STC1003
            public void Loop1(string m) { string a = "x", b = "y", c = "z"; for (int i = 0; i < 5; i++) { c = b; b = a; a = m; } Process.Start("sh", c); } // finds STC1003
            public void DoW(string m) { string s; do { s = m; } while (s == ""); Process.Start("sh", s); } // finds STC1003
            public void Lock1(string m) { lock (this) { _l = m; } Process.Start("sh", _l); } string _l = ""; // finds STC1003
            public void Coal(string? m) { var s = m ?? "x"; Process.Start("sh", s); } // finds STC1003
            public void CondAcc(string? m) { var s = m?.Trim()?.ToLower(); Process.Start("sh", s!); } // finds STC1003
            public void Tern(string m, bool b) { Process.Start("sh", b ? m : "x"); } // finds STC1003
            public void Chk(string m) { checked { Process.Start("sh", m[..2] + m[^1]); } } // finds STC1003
            """);

    [Fact]
    public Task ArraysAndNesting() => VerifyAsync("""
            public unsafe void Ptr(string m) { fixed (char* p = m) { Process.Start("sh", new string(p)); } } // finds STC1003
            public void Arr2(string m) { var a = new string[2, 2]; a[0, 1] = m; Process.Start("sh", a[0, 1]); } // finds STC1003
            public void Jag(string m) { var a = new string[2][]; a[0] = new[] { m }; Process.Start("sh", a[0][0]); } // finds STC1003
            public void Nest(string m) { var d = new Dictionary<string, List<Rec>> { ["a"] = new() { new Rec(m, "x") } }; Process.Start("sh", d["a"][0].B); Process.Start("sh", d["a"][0].A); } // finds STC1003
            public void Refl(string m) { var r = new Gen<string>(); typeof(Gen<string>).GetProperty("Value")!.SetValue(r, m); Process.Start("sh", r.Value); }
            """);

    [Fact]
    public Task Containers() => VerifyAsync("""
            public void Items1(string m) { HttpContext.Items["k"] = m; Process.Start("sh", (string)HttpContext.Items["k"]!); } // finds STC1003
            public void Vd(string m) { ViewData["k"] = m; Process.Start("sh", (string)ViewData["k"]!); TempData["x"] = m; Process.Start("sh", (string)TempData["x"]!); } // finds STC1003
            public void Al(string m) { var a = new AsyncLocal<string>(); a.Value = m; Process.Start("sh", a.Value); } // finds STC1003
            public void Wk(string m) { var w = new WeakReference<string>(m); if (w.TryGetTarget(out var t)) Process.Start("sh", t); } // finds STC1003
            public void Chan(string m) { var c = System.Threading.Channels.Channel.CreateUnbounded<string>(); c.Writer.TryWrite(m); if (c.Reader.TryRead(out var x)) Process.Start("sh", x); } // finds STC1003
            public void Imm(string m) { var l = System.Collections.Immutable.ImmutableList<string>.Empty.Add(m); Process.Start("sh", l[0]); } // finds STC1003
            public void Imm2(string m) { var b = System.Collections.Immutable.ImmutableArray.CreateBuilder<string>(); b.Add(m); Process.Start("sh", b.ToImmutable()[0]); } // finds STC1003
            public void ConD(string m) { var d = new System.Collections.Concurrent.ConcurrentDictionary<string, string>(); d.GetOrAdd("a", m); Process.Start("sh", d["a"]); } // finds STC1003
            public void Prio(string m) { var q = new PriorityQueue<string, int>(); q.Enqueue(m, 1); Process.Start("sh", q.Dequeue()); } // finds STC1003
            public void Nvc(string m) { var q = new System.Collections.Specialized.NameValueCollection(); q["a"] = m; Process.Start("sh", q["a"]); } // finds STC1003
            """);

    [Fact]
    public Task ParsedDocuments() => VerifyAsync("""
            public void Json(string m) { using var d = JsonDocument.Parse(m); Process.Start("sh", d.RootElement.GetProperty("x").GetString()!); Process.Start("sh", d.RootElement.GetProperty("x").GetInt32().ToString()); } // finds STC1003
            public void Jn(string m) { var n = System.Text.Json.Nodes.JsonNode.Parse(m); Process.Start("sh", n!["a"]!.GetValue<string>()); } // finds STC1003
            public void Xml(string m) { var d = System.Xml.Linq.XDocument.Parse(m); Process.Start("sh", d.Root!.Element("a")!.Value); } // finds STC1003
            public void Rx(string m) { var x = Regex.Match(m, "a(.*)b"); Process.Start("sh", x.Groups[1].Value); } // finds STC1003
            public void Nj(string m) { var o = Newtonsoft.Json.Linq.JObject.Parse(m); Process.Start("sh", (string)o["a"]!); } // finds STC1003
            public void Nj2(string m) { var o = Newtonsoft.Json.JsonConvert.DeserializeObject<Gen<string>>(m)!; Process.Start("sh", o.Value); } // finds STC1003
            public void Split(string m) { foreach (var kv in m.Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1])) Process.Start("sh", kv.Value); } // finds STC1003
            public void Enc(string m) { Process.Start("sh", Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(m))); } // finds STC1003
            public void Uri1(string m) { Process.Start("sh", new Uri(m).Query); } // finds STC1003
            public void Fmt(string m) { Process.Start("sh", string.Format(null, CompositeFormat.Parse("{0}"), m)); } // finds STC1003
            """);

    // The delegate is given to the constructor, its argument to another method.
    [Fact]
    public Task ArgumentOfThreadStart_KnownLimit() => VerifyAsync("""
            public void ThrP(string n) { new Thread(o => Process.Start("sh", (string)o!)).Start(n); }
            """);

    // A cache is shared by keys that have nothing to do with each other; following it by key is a different analysis.
    [Fact]
    public Task MemoryCache_KnownLimit() => VerifyAsync("""
            public void Cache1(string m, Microsoft.Extensions.Caching.Memory.IMemoryCache c) { Microsoft.Extensions.Caching.Memory.CacheExtensions.Set(c, "k", m); Process.Start("sh", Microsoft.Extensions.Caching.Memory.CacheExtensions.Get<string>(c, "k")!); }
            """);

    // As the cache: what one page keeps in the session is not followed to where another reads it.
    [Fact]
    public Task Session_KnownLimit() => VerifyAsync("""
            public void Sess(string m) { HttpContext.Session.SetString("k", m); Process.Start("sh", HttpContext.Session.GetString("k")!); }
            """);

    private static Task VerifyAsync(string members) =>
        LineVerifier.VerifyWithLibrariesAsync("STC1003", Types + "\npublic class HomeController : Controller\n{\n" + members + "\n}\n");
}
