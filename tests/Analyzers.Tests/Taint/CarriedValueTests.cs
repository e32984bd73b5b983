using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

/// <summary>What of a value survives a library member: <c>T.Secret</c> must not get a weak random number.</summary>
public sealed class CarriedValueTests
{
    [Fact]
    public Task Measures_CarryNothing() => FlowVerifier.VerifyBodyAsync("""
        string s = new Random().Next().ToString(); var list = new List<int> { new Random().Next() }; var stream = new MemoryStream(new byte[] { (byte)new Random().Next() });
        T.Secret({|TEST2:s|}); T.Secret(s.Length); T.Secret(list.Count); T.Secret(s.IndexOf("1")); T.Secret(s.GetHashCode()); T.Secret(s.CompareTo("1")); T.Secret(stream.Position); T.Secret(list.IndexOf(3)); T.Secret(stream.Read(new byte[4], 0, 4));
        """);

    [Fact]
    public Task ParametersThatSayHowMuch_CarryNothing() => FlowVerifier.VerifyBodyAsync("""
        int n = new Random().Next(); T.Secret("abc".PadLeft(n)); T.Secret(new string('x', n)); T.Secret(new StringBuilder(n).ToString()); T.Secret({|TEST2:Convert.ToString(n)|}); T.Secret({|TEST2:BitConverter.GetBytes(n)|}); T.Secret({|TEST2:Math.Abs(n)|});
        """);

    [Fact]
    public Task Selected_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string alphabet = "abcdef"; int n = new Random().Next(6); T.Secret({|TEST2:alphabet[n]|}); T.Secret({|TEST2:alphabet.Substring(n, 1)|}); char[] letters = alphabet.ToCharArray(); T.Secret({|TEST2:letters[n]|}); T.Secret({|TEST2:letters.ElementAt(n)|});
        var list = new List<string> { "a", "b" }; T.Secret({|TEST2:list[n]|});
        """);

    [Fact]
    public Task WrittenBuffer_StaysAsItIs() => FlowVerifier.VerifyBodyAsync("""
        var stream = new MemoryStream(); var weak = new byte[4]; new Random().NextBytes(weak); stream.Write(weak, 0, 4); var other = new byte[] { 1 }; stream.Write(other, 0, 1); T.Secret(other); T.Secret({|TEST2:stream.ToArray()|});
        """);

    [Fact]
    public Task UnknownLibrary_GivesNoFormOfANumberBack() => FlowVerifier.VerifyAsync("""
        using System.Net.Http;
        class C
        {
            async Task M(HttpClient http) { string answer = await http.GetStringAsync("https://example.com/?n=" + new Random().Next()); T.Secret(answer); T.Sink([|await http.GetStringAsync({|TEST3:T.Source()|})|]); }
        }
        """);

    [Fact]
    public Task StreamThatMethodsHandOn_CarriesText_ButNoNumbers_KnownLimit() => FlowVerifier.VerifyAsync("""
        class C
        {
            void Write(Stream stream, byte[] bytes) => stream.Write(bytes, 0, bytes.Length);
            void Weak() { var file = File.OpenWrite("a"); Write(file, BitConverter.GetBytes(new Random().Next())); var read = new byte[4]; file.Read(read, 0, 4); T.Secret(read); }
            void Text() { var memory = new MemoryStream(); Write(memory, Encoding.UTF8.GetBytes(T.Source())); T.Sink([|memory.ToArray()|]); }
        }
        """);

    [Fact]
    public Task DelegateThatIsHandedToItself_Ends() => FlowVerifier.VerifyAsync("""
        delegate string Self(Self self, string text);
        class C
        {
            static string Apply(Self self, Self argument, string text) => self(argument, text);
            static string Twice(Self self, string text) => Apply(self, self, text + "x");
            static string Once(Self self, string text) => self(Twice, text) + Apply(Twice, self, text);
            void M() { Self last = (self, text) => Apply(self, Once, text) + text; T.Sink([|Apply(last, Twice, T.Source())|]); Apply(Once, Once, "x"); Apply(Twice, Once, "x"); }
        }
        """);

    [Fact]
    public Task HelperThatManyCall_KeepsItsCallersApart() => FlowVerifier.VerifyAsync("""
        class C
        {
            static string Same(string value) => value;
            static List<string> Fill(List<string> list, string value) { list.Add(value); return list; }
            void A() { T.Sink([|Same(T.Source())|]); T.Sink([|Fill(new List<string>(), T.Source())[0]|]); }
            void B() { T.Sink(Same("x")); T.Sink(Fill(new List<string>(), "x")[0]); }
            void Twice() { var list = new List<string>(); Fill(list, "x"); Fill(list, T.Source()); foreach (string s in list) T.Sink([|s|]); }
        }
        """);

    [Fact]
    public Task OwnCollection_CarriesFromMethodToMethod() => FlowVerifier.VerifyAsync("""
        class Names : List<string> { public void Put(string name) => Add(name); public string First() => this[0]; }
        class Outer { readonly Names _names = new(); public void Put(string name) => _names.Put(name); public string Get() => _names.First(); }
        class C
        {
            void Local() { var names = new Names(); names.Put(T.Source()); T.Sink([|names.First()|]); }
            void Field() { var outer = new Outer(); outer.Put(T.Source()); T.Sink([|outer.Get()|]); }
            void Other() { var names = new Names(); names.Put("x"); T.Sink(names.First()); }
        }
        """);

    [Fact]
    public Task OverridesAndInterfaces_CarryThroughMatchedCalls() => FlowVerifier.VerifyAsync("""
        interface IStep { string Run(string text, List<string> log); }
        abstract class Base : IStep { public string Run(string text, List<string> log) { log.Add(text); return Core(text); } protected abstract string Core(string text); }
        class Step : Base { protected override string Core(string text) => text + "x"; }
        class C
        {
            void M(IStep step) { var log = new List<string>(); T.Sink([|step.Run(T.Source(), log)|]); T.Sink([|log[0]|]); }
            void N(IStep step) { var log = new List<string>(); T.Sink(step.Run("x", log)); T.Sink(log[0]); }
        }
        """);
}
