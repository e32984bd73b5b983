using SecurityToolchain.Testing;
using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

public sealed class UserModelTests
{
    private const string Code = """
        class Db { public string Read() => "x"; public void Run(string script, int n) { } public string Text { get; set; } = ""; public static string Quote(string s) => s; public static bool Ok(string s) => s.Length > 1; public static string Mask(string s) => "m" + s; }
        """;

    [Fact]
    public Task Rows_AreUsed() => FlowVerifier.VerifyAsync(
        Code + """
        class C
        {
            void M(Db db)
            {
                string a = db.Read();
                T.Sink([|a|]);
                db.Run([|a|], 1);
                db.Text = [|a|];
                T.Sink(Db.Quote(a));
                if (Db.Ok(a)) T.Sink(a);
            }
        }
        """,
        With("""
        {
          // Rows of the shop's own data layer.
          "sources": [{ "type": "Db", "member": "Read", "kind": "RequestValue" }],
          "sinks": [{ "type": "Db", "member": "Run", "parameter": "script", "kind": "Code" }, { "type": "Db", "member": "Text", "kind": "Code" }],
          "sanitizers": [{ "type": "Db", "member": "Quote", "clears": "Code" }],
          "validators": [{ "type": "Db", "member": "Ok", "parameter": "s", "clears": "Code", "validWhen": "true" }],
        }
        """));

    [Fact]
    public Task NeutralPropagator_OnLibrary_IsUsed() => FlowVerifier.VerifyAsync(
        "class C { void M() { T.Sink(System.Net.WebUtility.UrlEncode(T.Source())); T.Sink([|System.Net.WebUtility.UrlDecode(T.Source())|]); } }",
        With("""{ "propagators": [{ "type": "System.Net.WebUtility", "member": "UrlEncode" }, { "type": "System.Net.WebUtility", "member": "UrlDecode", "from": "encodedValue", "to": "result" }] }"""));

    [Fact]
    public Task WrongKind_IsReportedOnItsRow_AndOtherRowsCount() => FlowVerifier.VerifyAsync(
        Code + "class C { void M(Db db) { T.Sink([|db.Read()|]); } }",
        With("""
        {
          "sources": [{ "type": "Db", "member": "Read", "kind": "RequestValue" }],
          "sinks": [
            {|STC9002:|}{ "type": "Db", "member": "Run", "parameter": "script", "kind": "Kode" },
            {|STC9002:|}{ "type": "Db", "member": "Run", "parametr": "script", "kind": "Code" },
            {|STC9002:|}{ "member": "Run", "kind": "Code" }
          ]
        }
        """));

    [Theory]
    [InlineData("{|STC9002:|}[]")]
    [InlineData("{ \"sources\": {|STC9002:|}{} }")]
    [InlineData("{ \"sources\": [ { \"type\": {|STC9002:|}5 } ] }")]
    [InlineData("{ \"sources\": [ ] } {|STC9002:|}x")]
    [InlineData("{ \"nothing\": [ {|STC9002:|}{ \"type\": \"A\", \"member\": \"B\" } ] }")]
    [InlineData("{ \"sources\": [ {|STC9002:|}")]
    public Task BrokenFile_IsReportedWhereItBreaks(string file) => FlowVerifier.VerifyAsync("class C { void M() { T.Sink([|T.Source()|]); } }", With(file));

    private static VerifierOptions With(string file) => new() { AdditionalFiles = new Dictionary<string, string> { ["/src/security-toolchain.models.json"] = file } };
}
