using SecurityToolchain.Testing;
using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

public sealed class ObjectFlowTests
{
    [Fact]
    public Task Field_IsReported() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; public string W = ""; }
        class C { void M() { var b = new B(); b.V = T.Source(); T.Sink([|b.V|]); T.Sink(b.W); b.V = "x"; T.Sink(b.V); } }
        """);

    [Fact]
    public Task TwoObjects_AreKeptApart() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; }
        class C { void M() { var a = new B { V = T.Source() }; var b = new B { V = "x" }; T.Sink([|a.V|]); T.Sink(b.V); } }
        """);

    [Fact]
    public Task Alias_IsReported() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; }
        class C { void M() { var a = new B(); var b = a; b.V = T.Source(); T.Sink([|a.V|]); } }
        """);

    [Fact]
    public Task NestedObjects_AreReported() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; }
        class D { public B B = new(); }
        class E { public D D { get; } = new(); }
        class C { void M() { var e = new E(); e.D.B.V = T.Source(); T.Sink([|e.D.B.V|]); } }
        """);

    [Fact]
    public Task AutoPropertyAndInitializer_AreReported() => FlowVerifier.VerifyAsync("""
        class B { public string V { get; set; } = ""; public string W { get; init; } = ""; }
        class C { void M() { var b = new B { V = T.Source(), W = "x" }; T.Sink([|b.V|]); T.Sink(b.W); } }
        """);

    [Fact]
    public Task PropertyWithCode_IsReported() => FlowVerifier.VerifyAsync("""
        class B { private string _v = ""; public string V { get => _v; set { _v = value; } } public string Upper => _v.ToUpper(); }
        class C { void M() { var b = new B(); b.V = T.Source(); T.Sink([|b.V|]); T.Sink([|b.Upper|]); } }
        """);

    [Fact]
    public Task FieldKeyword_IsReported() => FlowVerifier.VerifyAsync("""
        class B { public string V { get; set => field = value.Trim(); } = ""; }
        class C { void M() { var b = new B(); b.V = T.Source(); T.Sink([|b.V|]); } }
        """, new VerifierOptions { LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.Preview });

    [Fact]
    public Task Constructor_IsReported() => FlowVerifier.VerifyAsync("""
        class B { private readonly string _v; public B(string v) { _v = v; } public string Get() => _v; }
        class C { void M() { T.Sink([|new B(T.Source()).Get()|]); T.Sink(new B("x").Get()); } }
        """);

    [Fact]
    public Task ConstructorChain_IsReported() => FlowVerifier.VerifyAsync("""
        class A { protected readonly string V; public A(string v) { V = v; } }
        class B : A { public B(string a, int b) : this(a) { } public B(string a) : base(a) { } public string Get() => V; }
        class C { void M() { T.Sink([|new B(T.Source(), 1).Get()|]); T.Sink(new B("x", 1).Get()); } }
        """);

    [Fact]
    public Task PrimaryConstructor_IsReported() => FlowVerifier.VerifyAsync("""
        class B(string v) { public string Get() => v; public string P { get; } = v; }
        class C { void M() { var b = new B(T.Source()); T.Sink([|b.Get()|]); T.Sink([|b.P|]); T.Sink(new B("x").Get()); } }
        """);

    [Fact]
    public Task PrimaryConstructorBase_IsReported() => FlowVerifier.VerifyAsync("""
        class A(string v) { public string Get() => v; }
        class B(string w) : A(w);
        class C { void M() { T.Sink([|new B(T.Source()).Get()|]); T.Sink(new B("x").Get()); } }
        """);

    [Fact]
    public Task Record_With_Deconstruct() => FlowVerifier.VerifyAsync("""
        record R(string A, string B);
        class C { void M() { var r = new R(T.Source(), "x"); T.Sink([|r.A|]); T.Sink(r.B); var s = r with { A = "y" }; T.Sink(s.A); var (a, b) = r; T.Sink([|a|]); T.Sink(b); var u = s with { B = T.Source() }; T.Sink([|u.B|]); T.Sink(u.A); } }
        """);

    [Fact]
    public Task RecordStruct_IsReported() => FlowVerifier.VerifyAsync("""
        readonly record struct R(string A, string B);
        class C { void M() { var r = new R("x", T.Source()); T.Sink(r.A); T.Sink([|r.B|]); } }
        """);

    [Fact]
    public Task Struct_IsReported() => FlowVerifier.VerifyAsync("""
        struct S { public string V; public string W; }
        class C { void M() { S s = default; s.V = T.Source(); s.W = "x"; T.Sink([|s.V|]); T.Sink(s.W); var t = new S { V = "y" }; T.Sink(t.V); } }
        """);

    [Fact]
    public Task Tuple_IsReported() => FlowVerifier.VerifyBodyAsync("""
        var t = (T.Source(), "x"); T.Sink([|t.Item1|]); T.Sink(t.Item2); (string a, string b) = t; T.Sink([|a|]); T.Sink(b); var (c, (d, e)) = ("x", (T.Source(), "y")); T.Sink(c); T.Sink([|d|]); T.Sink(e);
        """);

    [Fact]
    public Task NamedTuple_FromMethod_IsReported() => FlowVerifier.VerifyAsync("""
        class C { (string Bad, string Good) Get() => (T.Source(), "x"); void M() { var r = Get(); T.Sink([|r.Bad|]); T.Sink(r.Good); var (bad, good) = Get(); T.Sink([|bad|]); T.Sink(good); } }
        """);

    [Fact]
    public Task AnonymousType_IsReported() => FlowVerifier.VerifyBodyAsync("""
        var o = new { A = T.Source(), B = "x" }; T.Sink([|o.A|]); T.Sink(o.B);
        """);

    [Fact]
    public Task StaticField_IsReported() => FlowVerifier.VerifyAsync("""
        static class G { public static string V = ""; public static string W = ""; }
        class C { void M() { G.V = T.Source(); G.W = "x"; Use(); } void Use() { T.Sink([|G.V|]); T.Sink(G.W); } }
        """);

    [Fact]
    public Task StaticField_BetweenEntryPoints_IsReported() => FlowVerifier.VerifyAsync("""
        public class C { private static string s_v = "", s_w = ""; public void Set() { s_v = T.Source(); s_w = "x"; } public void Use() { T.Sink([|s_v|]); T.Sink(s_w); } }
        """);

    [Fact]
    public Task InstanceField_BetweenEntryPoints_IsReported() => FlowVerifier.VerifyAsync("""
        public class C { private string _v = "", _w = ""; public void Set() { _v = T.Source(); _w = "x"; } public void Use() { T.Sink([|_v|]); T.Sink(_w); } }
        """);

    [Fact]
    public Task NestedInstanceField_BetweenEntryPoints_IsReported() => FlowVerifier.VerifyAsync("""
        public class B { public string V = ""; }
        public class C { private readonly B _b = new(); public void Set() { _b.V = T.Source(); } public void Use() { T.Sink([|_b.V|]); } }
        """);

    [Fact]
    public Task FieldList_BetweenEntryPoints_IsReported() => FlowVerifier.VerifyAsync("""
        public class C { private readonly List<string> _v = new(); public void Set() { _v.Add(T.Source()); } public void Use() { foreach (var v in _v) T.Sink([|v|]); } }
        """);

    [Fact]
    public Task ChainOfFiveClasses_IsReported() => FlowVerifier.VerifyAsync("""
        class A1 { public static void Go(string s) => A2.Go(s); }
        class A2 { public static void Go(string s) => new A3().Go(s); }
        class A3 { public void Go(string s) => A4.Go(s + "x"); }
        class A4 { public static void Go(string s) { var t = s; A5.Go(t); } }
        class A5 { public static void Go(string s) => T.Sink([|s|]); }
        class C { void M() => A1.Go(T.Source()); }
        """);

    [Fact]
    public Task MutatedParameterObject_IsReported() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; }
        class C { void Fill(B b) { b.V = T.Source(); } void Reset(B b) => b.V = "x"; void M() { var b = new B(); Fill(b); T.Sink([|b.V|]); Reset(b); T.Sink(b.V); } }
        """);

    [Fact]
    public Task ReturnedObject_IsReported() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; public string W = ""; }
        class C { B Make() { var b = new B(); b.V = T.Source(); return b; } void M() { var b = Make(); T.Sink([|b.V|]); T.Sink(b.W); } }
        """);

    [Fact]
    public Task RefOutIn_AreReported() => FlowVerifier.VerifyAsync("""
        class C { void A(ref string s) => s = T.Source(); void B(out string s, out string t) { s = T.Source(); t = "x"; } void D(in string s) => T.Sink([|s|]); void Z(ref string s) => s = "x"; void M() { string a = ""; A(ref a); T.Sink([|a|]); Z(ref a); T.Sink(a); B(out var b, out var c); T.Sink([|b|]); T.Sink(c); D(T.Source()); } }
        """);

    [Fact]
    public Task RefLocal_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string a = "x"; ref string r = ref a; r = T.Source(); T.Sink([|a|]);
        """);

    [Fact]
    public Task Patterns_AreReported() => FlowVerifier.VerifyAsync("""
        class P { public string N = ""; public P? Next; }
        class C { void M(object o) { o = T.SourceObject(); if (o is string s) T.Sink([|s|]); var p = new P { N = T.Source(), Next = new P { N = "x" } }; if (p is { N: var n, Next: { N: var m } }) { T.Sink([|n|]); T.Sink(m); } } }
        """);

    [Fact]
    public Task ListPattern_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string[] a = { "x", T.Source() }; if (a is [_, var s]) T.Sink([|s|]);
        """);

    [Fact]
    public Task Events_AreReported() => FlowVerifier.VerifyAsync("""
        class B { public event Action<string>? E; public void Raise(string s) => E?.Invoke(s); }
        class C { void M() { var b = new B(); b.E += H; b.Raise(T.Source()); } void H(string s) => T.Sink([|s|]); }
        """);

    [Fact]
    public Task Operators_AreReported() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; public static B operator +(B b, string s) => new B { V = b.V + s }; public static implicit operator string(B b) => b.V; public string this[int i] { get => V; set => V = value; } }
        class C { void M() { var b = new B() + T.Source(); T.Sink([|b.V|]); string s = b; T.Sink([|s|]); var c = new B(); c[0] = T.Source(); T.Sink([|c[1]|]); } }
        """);

    [Fact]
    public Task PartialAndExtension_AreReported() => FlowVerifier.VerifyAsync("""
        static partial class E { public static partial string Twice(this string s); }
        static partial class E { public static partial string Twice(this string s) => s + s; }
        class C { void M() { T.Sink([|T.Source().Twice()|]); T.Sink("x".Twice()); } }
        """);

    [Fact]
    public Task SinkProperty_IsReported() => FlowVerifier.VerifyBodyAsync("""
        T.Property = "x"; T.Property = [|T.Source()|];
        """);

    [Fact]
    public Task ToString_IsReported() => FlowVerifier.VerifyAsync("""
        class B { private readonly string _v; public B(string v) => _v = v; public override string ToString() => _v; }
        class C { void M() { var b = new B(T.Source()); T.Sink([|$"{b}"|]); T.Sink([|"x" + b|]); T.Sink([|b.ToString()|]); T.Sink(new B("x").ToString()); } }
        """);
}
