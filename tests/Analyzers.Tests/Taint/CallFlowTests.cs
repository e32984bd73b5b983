using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

public sealed class CallFlowTests
{
    [Fact]
    public Task DeepCalls_AreReported() => FlowVerifier.VerifyAsync("""
        class C { void A(string s) => B(s); void B(string s) => D(s); void D(string s) => E(s); void E(string s) => F(s); void F(string s) => G(s); void G(string s) => T.Sink([|s|]); void M() { A(T.Source()); } }
        """);

    [Fact]
    public Task ReturnValue_IsReported() => FlowVerifier.VerifyAsync("""
        class C { string A() => B(); string B() => D(); string D() => T.Source(); string X() => "x"; void M() { T.Sink([|A()|]); T.Sink(X()); } }
        """);

    [Fact]
    public Task Identity_IsContextSensitive() => FlowVerifier.VerifyAsync("""
        class C { string Id(string s) => s; void M() { T.Sink([|Id(T.Source())|]); T.Sink(Id("x")); } }
        """);

    [Fact]
    public Task ParameterSink_ReportsAtSink() => FlowVerifier.VerifyAsync("""
        class C { void S(string a, string b) { T.Sink([|a|]); T.Sink(b); } void M() { S(T.Source(), "x"); } }
        """);

    [Fact]
    public Task Interface_IsReported() => FlowVerifier.VerifyAsync("""
        interface I { string Get(string s); }
        class A : I { public string Get(string s) => s; }
        class C { private readonly I _i; public C(I i) => _i = i; void M() { T.Sink([|_i.Get(T.Source())|]); } }
        """);

    [Fact]
    public Task Interface_SafeImplementation_IsNotReported() => FlowVerifier.VerifyAsync("""
        interface I { string Get(string s); }
        class A : I { public string Get(string s) => s; }
        class B : I { public string Get(string s) => "x"; }
        class C { void M() { I a = new A(); I b = new B(); T.Sink([|a.Get(T.Source())|]); T.Sink(b.Get(T.Source())); Use(b); } void Use(I i) { } }
        """);

    [Fact]
    public Task VirtualAndAbstract_AreReported() => FlowVerifier.VerifyAsync("""
        abstract class A { public abstract void Go(string s); public virtual string Pass(string s) => "x"; }
        class B : A { public override void Go(string s) => T.Sink([|s|]); public override string Pass(string s) => s; }
        class C { void M(A a) { a.Go(T.Source()); T.Sink([|a.Pass(T.Source())|]); } A Make() => new B(); }
        """);

    [Fact]
    public Task BaseCall_IsReported() => FlowVerifier.VerifyAsync("""
        class A { public virtual string Pass(string s) => s; }
        class B : A { public override string Pass(string s) => base.Pass(s); }
        class C { void M() { T.Sink([|new B().Pass(T.Source())|]); } }
        """);

    [Fact]
    public Task ExactTypeThroughParameter_IsKnown() => FlowVerifier.VerifyAsync("""
        interface I { string Get(); }
        class A : I { public string Get() => T.Source(); }
        class B : I { public string Get() => "x"; }
        class C { string Ask(I i) => i.Get(); void M() { T.Sink([|Ask(new A())|]); T.Sink(Ask(new B())); } }
        """);

    [Fact]
    public Task ConstantThroughParameter_IsKnown() => FlowVerifier.VerifyAsync("""
        class C { string Pick(bool bad) { if (bad) return T.Source(); return "x"; } void M() { T.Sink([|Pick(true)|]); T.Sink(Pick(false)); } }
        """);

    [Fact]
    public Task GenericMethodsAndClasses_AreReported() => FlowVerifier.VerifyAsync("""
        class Box<TV> { public TV V = default!; public TV Get() => V; }
        class C { TV Id<TV>(TV v) => v; void M() { T.Sink([|Id(T.Source())|]); var b = new Box<string> { V = T.Source() }; T.Sink([|b.Get()|]); T.Sink(new Box<string> { V = "x" }.Get()); } }
        """);

    [Fact]
    public Task GenericInterface_PicksImplementation() => FlowVerifier.VerifyAsync("""
        interface IHandler<TV> { void Handle(TV v); }
        record A(string V); record B(string V);
        class HA : IHandler<A> { public void Handle(A v) => T.Sink([|v.V|]); }
        class HB : IHandler<B> { public void Handle(B v) => T.Sink(v.V); }
        class C { void M(IHandler<A> a, IHandler<B> b) { a.Handle(new A(T.Source())); b.Handle(new B("x")); } }
        """);

    [Fact]
    public Task Recursion_IsReported() => FlowVerifier.VerifyAsync("""
        class C { string R(string s, int n) => n == 0 ? s : R(s + "x", n - 1); void S(string s, int n) { if (n > 0) S(s, n - 1); else T.Sink([|s|]); } void M(int n) { T.Sink([|R(T.Source(), n)|]); S(T.Source(), n); T.Sink(R("x", n)); } }
        """);

    [Fact]
    public Task MutualRecursion_IsReported() => FlowVerifier.VerifyAsync("""
        class C { void A(string s, int n) { if (n > 0) B(s, n - 1); } void B(string s, int n) { if (n > 1) A(s, n - 1); else D(s, n); } void D(string s, int n) { if (n == 7) A(s, 3); T.Sink([|s|]); } void M() => A(T.Source(), 9); }
        """);

    [Fact]
    public Task Lambda_IsReported() => FlowVerifier.VerifyBodyAsync("""
        Func<string, string> f = s => s + "x"; T.Sink([|f(T.Source())|]); T.Sink(f("x")); Action<string> g = s => T.Sink([|s|]); g(T.Source());
        """);

    [Fact]
    public Task CapturedVariable_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string a = "x"; Action set = () => a = T.Source(); T.Sink(a); set(); T.Sink([|a|]); string b = T.Source(); Action use = () => T.Sink([|b|]); use();
        """);

    [Fact]
    public Task LocalFunction_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string a = "x"; void Set() { a = T.Source(); } string Id(string s) => s; Set(); T.Sink([|a|]); T.Sink([|Id(T.Source())|]); T.Sink(Id("x"));
        """);

    [Fact]
    public Task DelegateParameter_IsReported() => FlowVerifier.VerifyAsync("""
        class C { string Apply(Func<string, string> f, string s) => f(s); void M() { T.Sink([|Apply(x => x, T.Source())|]); T.Sink(Apply(x => "y", T.Source())); Apply(x => { T.Sink([|x|]); return x; }, T.Source()); } }
        """);

    [Fact]
    public Task DelegateCapture_AcrossMethods_IsReported() => FlowVerifier.VerifyAsync("""
        class C { string Call(Func<string> f) => f(); Func<string> Make(string s) => () => s; void M() { var a = T.Source(); T.Sink([|Call(() => a)|]); T.Sink([|Make(T.Source())()|]); T.Sink(Make("x")()); } }
        """);

    [Fact]
    public Task DelegateField_IsReported() => FlowVerifier.VerifyAsync("""
        class C { private Action<string> _f = s => { }; C() { _f = s => T.Sink([|s|]); } void M() { _f(T.Source()); } }
        """);

    [Fact]
    public Task MethodGroup_IsReported() => FlowVerifier.VerifyAsync("""
        class C { static string Id(string s) => s; static string No(string s) => "x"; void Sink(string s) => T.Sink([|s|]); void M() { Func<string, string> f = Id, g = No; T.Sink([|f(T.Source())|]); T.Sink(g(T.Source())); Action<string> a = Sink; a(T.Source()); } }
        """);

    [Fact]
    public Task Iterator_IsReported() => FlowVerifier.VerifyAsync("""
        class C { IEnumerable<string> Items(string s) { yield return "x"; yield return s; } void M() { foreach (var i in Items(T.Source())) T.Sink([|i|]); foreach (var i in Items("y")) T.Sink(i); } }
        """);

    [Fact]
    public Task AsyncAwait_IsReported() => FlowVerifier.VerifyAsync("""
        class C { async Task<string> A(string s) { await Task.Yield(); return s; } async ValueTask<string> B(string s) => await A(s); async Task M() { T.Sink([|await A(T.Source())|]); T.Sink([|await B(T.Source()).ConfigureAwait(false)|]); T.Sink(await A("x")); T.Sink([|A(T.Source()).Result|]); T.Sink([|A(T.Source()).GetAwaiter().GetResult()|]); } }
        """);

    [Fact]
    public Task TaskHelpers_AreReported() => FlowVerifier.VerifyAsync("""
        class C { async Task M() { T.Sink([|await Task.FromResult(T.Source())|]); T.Sink([|await Task.Run(() => T.Source())|]); var r = await Task.WhenAll(Task.FromResult(T.Source())); T.Sink([|r[0]|]); T.Sink(await Task.Run(() => "x")); T.Sink([|await Task.FromResult(T.Source()).ContinueWith(t => t.Result)|]); } }
        """);

    [Fact]
    public Task AsyncIterator_IsReported() => FlowVerifier.VerifyAsync("""
        class C { async IAsyncEnumerable<string> Items(string s) { await Task.Yield(); yield return s; } async Task M() { await foreach (var i in Items(T.Source())) T.Sink([|i|]); } }
        """);

    [Fact]
    public Task ParamsAndOptional_AreReported() => FlowVerifier.VerifyAsync("""
        class C { void P(params string[] a) { foreach (var s in a) T.Sink([|s|]); } void O(string a = "x", string b = "y") { T.Sink(a); T.Sink([|b|]); } void M() { P("x", T.Source()); O(b: T.Source()); } }
        """);

    [Fact]
    public Task Endpoint_IsReported() => FlowVerifier.VerifyAsync("""
        class C { void M() { T.Endpoint("/", (string q, int n) => T.Sink([|q|])); T.Endpoint("/", Handle); } string Handle(string q) { T.Sink([|q|]); return q; } }
        """);

    [Fact]
    public Task DependencyCycle_Terminates() => FlowVerifier.VerifyAsync("""
        class A { public B? B; public string Get(string s) => B is null ? s : B.Get(s); }
        class B { public A? A; public string Get(string s) => A is null ? "x" : A.Get(s); }
        class C { void M(A a) { T.Sink([|a.Get(T.Source())|]); } }
        """);

    [Fact]
    public Task FactoryAndSingleton_AreReported() => FlowVerifier.VerifyAsync("""
        class S { public static readonly S Instance = new(); public string V = ""; }
        class C { void M() { S.Instance.V = T.Source(); N(); } void N() { T.Sink([|S.Instance.V|]); } }
        """);

    [Fact]
    public Task SetterInjection_AcrossClasses_IsReported() => FlowVerifier.VerifyAsync("""
        public class Store { private string _v = ""; public void Put(string v) => _v = v; public string Take() => _v; }
        public class C { private readonly Store _s; public C(Store s) => _s = s; public void In() => _s.Put(T.Source()); public void Out() => T.Sink([|_s.Take()|]); }
        """);

    [Fact]
    public Task Mediator_IsReported() => FlowVerifier.VerifyAsync("""
        public record Command(string Name);
        public interface ISender { void Send(object o); }
        public class Handler { public void Handle(Command c) => T.Sink([|c.Name|]); }
        public class C { public void M(System.Threading.Channels.ChannelWriter<Command> w) { w.TryWrite(new Command(T.Source())); } }
        """);

    [Fact]
    public Task TopLevelOnly_StaticLocalFunctionAndLambdaInField() => FlowVerifier.VerifyAsync("""
        static class Handlers { public static readonly Func<string, string> Trim = s => s.Trim(); }
        class C { void M() { T.Sink([|Handlers.Trim(T.Source())|]); T.Sink(Handlers.Trim("x")); } }
        """);

    [Fact]
    public Task LambdaInTryCatchAndFinally_HasItsOwnRegions() => FlowVerifier.VerifyAsync("""
        class C
        {
            void Run(System.Action a) => a();
            void M()
            {
                int long1 = 0; if (long1 == 0) long1++; if (long1 == 1) long1++; if (long1 == 2) long1++;
                try { Run(() => { string s = T.Source(); if (s.Length > 2) s += "x"; T.Sink([|s|]); throw new System.Exception(s); }); }
                catch (System.Exception e) { Run(() => { T.Sink([|T.Source()|]); throw e; }); }
                finally { Run(() => { try { T.Sink([|T.Source()|]); } finally { System.Console.Beep(); } }); }
            }
        }
        """);
}
