using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

public sealed class LibraryFlowTests
{
    [Fact]
    public Task Text_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); T.Sink([|a.Trim().ToLower().Substring(1)|]); T.Sink([|"x" + a + 1|]); T.Sink([|$"x{a}y"|]); T.Sink([|string.Format("{0}-{1}", 1, a)|]); T.Sink([|string.Concat("x", a)|]); T.Sink([|string.Join(",", "x", a)|]); T.Sink([|a.Replace("x", "y")|]); T.Sink([|"x".Replace("x", a)|]); T.Sink([|a.Split(',')[0]|]); T.Sink([|new string(a.ToCharArray())|]); T.Sink(a.Length); T.Sink(a == "x");
        """);

    [Fact]
    public Task CompoundAssignment_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string a = "x"; a += T.Source(); T.Sink([|a|]);
        """);

    [Fact]
    public Task Numbers_AreNotReported() => FlowVerifier.VerifyBodyAsync("""
        T.Sink(int.Parse(T.Source())); T.Sink(Guid.Parse(T.Source())); T.Sink(DateTime.Parse(T.Source())); int n = Convert.ToInt32(T.Source()); T.Sink("x" + n); T.Sink(Enum.Parse<DayOfWeek>(T.Source()));
        """);

    [Fact]
    public Task StringBuilder_IsReported() => FlowVerifier.VerifyBodyAsync("""
        var b = new StringBuilder(); b.Append("x").Append(T.Source()).Append(1); T.Sink([|b.ToString()|]); b.Clear(); T.Sink(b.ToString()); var c = new StringBuilder(); c.AppendFormat("{0}", T.Source()); T.Sink([|c.ToString()|]); var d = new StringBuilder(T.Source()); T.Sink([|d.ToString()|]); var e = new StringBuilder(); e.Append($"x{T.Source()}"); T.Sink([|e.ToString()|]);
        """);

    [Fact]
    public Task Array_IsReported() => FlowVerifier.VerifyBodyAsync("""
        var a = new string[3]; a[1] = T.Source(); a[2] = "x"; T.Sink([|a[1]|]); T.Sink(a[2]); T.Sink([|a[number]|]); var b = new[] { "x", T.Source() }; T.Sink(b[0]); T.Sink([|b[1]|]); foreach (var s in b) T.Sink([|s|]); var c = new string[2, 2]; c[0, 1] = T.Source(); T.Sink([|c[1, 1]|]);
        """);

    [Fact]
    public Task List_PositionsAreKnown() => FlowVerifier.VerifyBodyAsync("""
        var l = new List<string>(); l.Add("safe"); l.Add(T.Source()); l.Add("more"); T.Sink(l[0]); T.Sink([|l[1]|]); l.RemoveAt(0); T.Sink([|l[0]|]); T.Sink(l[1]); T.Sink([|l[number]|]); T.Sink([|l.First()|]); T.Sink(l.Last()); T.Sink([|string.Join(",", l)|]);
        """);

    [Fact]
    public Task List_Initializers() => FlowVerifier.VerifyBodyAsync("""
        var l = new List<string> { "x", T.Source() }; T.Sink(l[0]); T.Sink([|l[1]|]); List<string> m = ["x", T.Source()]; T.Sink(m[0]); T.Sink([|m[1]|]); string[] n = [.. l]; T.Sink([|n[0]|]); l.Clear(); T.Sink(l.FirstOrDefault());
        """);

    [Fact]
    public Task Dictionary_KeysAreKnown() => FlowVerifier.VerifyBodyAsync("""
        var d = new Dictionary<string, string>(); d["a"] = "x"; d["b"] = T.Source(); T.Sink(d["a"]); T.Sink([|d["b"]|]); T.Sink([|d[number.ToString()]|]); if (d.TryGetValue("b", out var v)) T.Sink([|v|]); if (d.TryGetValue("a", out var w)) T.Sink(w); foreach (var (k, e) in d) { T.Sink(k); T.Sink([|e|]); } foreach (var p in d) { T.Sink([|p.Value|]); T.Sink(p.Key); } foreach (var e in d.Values) T.Sink([|e|]); foreach (var k in d.Keys) T.Sink(k); var i = new Dictionary<string, string> { ["a"] = T.Source(), ["b"] = "x" }; T.Sink([|i["a"]|]); T.Sink(i["b"]);
        """);

    [Fact]
    public Task Hashtable_ArrayList_AreReported() => FlowVerifier.VerifyBodyAsync("""
        var h = new Hashtable(); h["a"] = T.Source(); T.Sink([|(string)h["a"]!|]); h.Add("b", "x"); T.Sink(h["b"]); var a = new ArrayList(); a.Add(T.Source()); T.Sink([|a[0]|]);
        """);

    [Fact]
    public Task QueueStackLinkedListSet_AreReported() => FlowVerifier.VerifyBodyAsync("""
        var q = new Queue<string>(); q.Enqueue(T.Source()); T.Sink([|q.Dequeue()|]); var s = new Stack<string>(); s.Push(T.Source()); T.Sink([|s.Pop()|]); var l = new LinkedList<string>(); l.AddLast(T.Source()); T.Sink([|l.First!.Value|]); var h = new HashSet<string> { T.Source() }; foreach (var x in h) T.Sink([|x|]); var c = new System.Collections.Concurrent.ConcurrentQueue<string>(); c.Enqueue(T.Source()); c.TryDequeue(out var y); T.Sink([|y|]); var e = new Queue<string>(); e.Enqueue("x"); T.Sink(e.Peek());
        """);

    [Fact]
    public Task Linq_IsReported() => FlowVerifier.VerifyBodyAsync("""
        var l = new List<string> { T.Source() }; T.Sink([|l.Where(x => x.Length > 1).Select(x => x + "y").First()|]); T.Sink(l.Select(x => "y").First()); foreach (var x in from i in l where i != "" orderby i select i.Trim()) T.Sink([|x|]); T.Sink([|l.ToList()[0]|]); T.Sink([|l.Aggregate((a, b) => a + b)|]); l.ForEach(x => T.Sink([|x|])); T.Sink([|l.ToDictionary(x => x.Length)[1]|]); T.Sink([|l.SelectMany(x => new[] { x }).Single()|]); T.Sink([|l.GroupBy(x => x.Length).First().First()|]); T.Sink(l.Count()); T.Sink([|l.OrderBy(x => x).ToArray()[0]|]); T.Sink(l.Any(x => x == "q"));
        """);

    [Fact]
    public Task LinqOverObjects_KeepsMembersApart() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; public string W = ""; }
        class C { void M() { var l = new List<B> { new B { V = T.Source(), W = "x" } }; T.Sink([|l.First().V|]); T.Sink(l.First().W); T.Sink([|l.Select(b => b.V).First()|]); T.Sink(l.Select(b => b.W).First()); var p = l.Select(b => new { b.V, b.W }).First(); T.Sink([|p.V|]); T.Sink(p.W); } }
        """);

    [Fact]
    public Task Streams_AreReported() => FlowVerifier.VerifyBodyAsync("""
        var m = new MemoryStream(); var w = new StreamWriter(m); w.Write(T.Source()); w.Flush(); T.Sink([|new StreamReader(m).ReadToEnd()|]); var n = new MemoryStream(); new BinaryWriter(n).Write(T.Source()); T.Sink([|Encoding.UTF8.GetString(n.ToArray())|]); using var r = new StringReader(T.Source()); T.Sink([|r.ReadLine()|]); var s = new StringWriter(); s.Write(T.Source()); T.Sink([|s.ToString()|]); var o = new MemoryStream(Encoding.UTF8.GetBytes(T.Source())); using var b = new BinaryReader(o); T.Sink([|b.ReadString()|]); var clean = new MemoryStream(); T.Sink(new StreamReader(clean).ReadToEnd());
        """);

    [Fact]
    public Task Serialization_IsReported() => FlowVerifier.VerifyAsync("""
        class B { public string V { get; set; } = ""; }
        class C { void M() { var j = System.Text.Json.JsonSerializer.Serialize(new B { V = T.Source() }); T.Sink([|j|]); var b = System.Text.Json.JsonSerializer.Deserialize<B>(j)!; T.Sink([|b.V|]); var safe = System.Text.Json.JsonSerializer.Deserialize<B>("{}")!; T.Sink(safe.V); var s = new System.Xml.Serialization.XmlSerializer(typeof(B)); var m = new MemoryStream(); s.Serialize(m, b); T.Sink([|((B)s.Deserialize(m)!).V|]); } }
        """);

    [Fact]
    public Task SpansAndBytes_AreReported() => FlowVerifier.VerifyBodyAsync("""
        ReadOnlySpan<char> s = T.Source().AsSpan(1); T.Sink([|s.ToString()|]); byte[] b = Encoding.UTF8.GetBytes(T.Source()); T.Sink([|Encoding.UTF8.GetString(b)|]); T.Sink([|Convert.ToBase64String(b)|]); var c = new byte[4]; Array.Copy(b, c, 4); T.Sink([|c|]); var d = new byte[4]; Buffer.BlockCopy(b, 0, d, 0, 4); T.Sink([|d|]); Span<char> f = stackalloc char[4]; T.Source().AsSpan().CopyTo(f); T.Sink([|new string(f)|]);
        """);

    [Fact]
    public Task LazyAndNullable_AreReported() => FlowVerifier.VerifyBodyAsync("""
        var l = new Lazy<string>(() => T.Source()); T.Sink([|l.Value|]); T.Sink(new Lazy<string>(() => "x").Value); var t = Tuple.Create("x", T.Source()); T.Sink(t.Item1); T.Sink([|t.Item2|]); var k = KeyValuePair.Create("x", T.Source()); T.Sink(k.Key); T.Sink([|k.Value|]);
        """);

    [Fact]
    public Task UnknownLibrary_PassesText() => FlowVerifier.VerifyBodyAsync("""
        T.Sink([|new Uri(T.Source()).Host|]); T.Sink([|Path.Combine("a", T.Source())|]); T.Sink([|Uri.UnescapeDataString(T.Source())|]); T.Sink(Directory.Exists(T.Source()));
        """);

    [Fact]
    public Task SanitizerAndConditionalSink() => FlowVerifier.VerifyBodyAsync("""
        T.Sink(T.Clean(T.Source())); T.Conditional([|T.Source()|], "raw"); T.Conditional(T.Source(), "safe"); string mode = "raw"; T.Conditional([|T.Source()|], mode);
        """);

    [Fact]
    public Task Prefix_FixesHost() => FlowVerifier.VerifyAsync("""
        class C { private readonly string _base = Environment.MachineName; void M() { T.Get([|T.Source()|]); T.Get([|"https://" + T.Source()|]); T.Get("https://a.example/" + T.Source()); T.Get($"https://a.example/{T.Source()}"); T.Get(string.Format("https://a.example/{0}", T.Source())); string u = "https://a.example/"; u += T.Source(); T.Get(u); T.Get(_base + "/" + T.Source()); } }
        """);

    [Fact]
    public Task WeakRandom_GoesThroughNumbers() => FlowVerifier.VerifyBodyAsync("""
        var r = new Random(1); int n = r.Next(); T.Secret([|n|]); T.Secret([|"x" + n|]); T.Secret([|n.ToString("X")|]); var b = new byte[4]; r.NextBytes(b); T.Secret([|b|]); System.Security.Cryptography.RandomNumberGenerator.Fill(b); T.Secret(b); T.Secret(T.Source()); string s = ""; for (int i = 0; i < 4; i++) s += (char)(r.Next() % 26); T.Secret([|s|]); T.Secret([|new string(Enumerable.Range(0, 4).Select(_ => "abc"[r.Next(3)]).ToArray())|]);
        """);
}
