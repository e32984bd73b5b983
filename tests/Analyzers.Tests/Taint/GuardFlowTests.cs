using Xunit;

namespace SecurityToolchain.Analyzers.Tests.Taint;

public sealed class GuardFlowTests
{
    [Fact]
    public Task RowValidator_WhenTrue() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (T.IsValid(a)) T.Sink(a); else T.Sink([|a|]); T.Sink([|a|]);
        """);

    [Fact]
    public Task EarlyReturn() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (!T.IsValid(a)) return; T.Sink(a);
        """);

    [Fact]
    public Task ThrowHelperRow() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); T.Require(a); T.Sink(a);
        """);

    [Fact]
    public Task AllowList_IsValid() => FlowVerifier.VerifyAsync("""
        class C { private static readonly HashSet<string> s_ok = new() { "a", "b" }; private static readonly string[] s_array = { "a" }; void M(List<string> other) { string a = T.Source(); if (s_ok.Contains(a)) T.Sink(a); if (s_array.Contains(a)) T.Sink(a); if (Array.IndexOf(s_array, a) >= 0) T.Sink(a); if (!s_ok.Contains(a)) throw new Exception(); T.Sink(a); } void N() { string a = T.Source(); if (a.Contains("x")) T.Sink([|a|]); var bad = new List<string> { T.Source() }; if (bad.Contains(a)) T.Sink([|a|]); } }
        """);

    [Fact]
    public Task EqualityAndSwitch_AreValid() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (a == "x") T.Sink(a); if (a.Equals("x", StringComparison.Ordinal)) T.Sink(a); if (string.Equals(a, "x")) T.Sink(a); if (a != "x") T.Sink([|a|]); if (a is "x" or "y") T.Sink(a); switch (a) { case "p": case "q": T.Sink(a); break; default: T.Sink([|a|]); break; } if (a is not ("x" or "y")) return; T.Sink(a);
        """);

    [Fact]
    public Task Parsing_IsValid() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (int.TryParse(a, out _)) T.Sink(a); if (Guid.TryParse(a, out var g)) { T.Sink(a); T.Sink(g); } if (!Enum.TryParse<DayOfWeek>(a, out var d)) return; T.Sink(a);
        """);

    [Fact]
    public Task Regex_IsValid() => FlowVerifier.VerifyAsync("""
        class C { private static readonly System.Text.RegularExpressions.Regex s_r = new("^[a-z0-9]+$"); void M() { string a = T.Source(); if (System.Text.RegularExpressions.Regex.IsMatch(a, "^[a-z]+$")) T.Sink(a); if (System.Text.RegularExpressions.Regex.IsMatch(a, "[a-z]+")) T.Sink([|a|]); if (System.Text.RegularExpressions.Regex.IsMatch(a, "^.*$")) T.Sink([|a|]); if (s_r.IsMatch(a)) T.Sink(a); if (!System.Text.RegularExpressions.Regex.IsMatch(a, "[^a-z]")) T.Sink(a); } }
        """);

    [Fact]
    public Task AndOrNot_AreTakenApart() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (flag && T.IsValid(a)) T.Sink(a); if (flag || T.IsValid(a)) T.Sink([|a|]); if (!(flag || !T.IsValid(a))) T.Sink(a); bool ok = T.IsValid(a); if (ok) T.Sink(a); bool both = T.IsValid(a) && flag; if (both) T.Sink(a); bool either = T.IsValid(a) || flag; if (either) T.Sink([|a|]);
        """);

    [Fact]
    public Task GuardThenReassign_IsReported() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (T.IsValid(a)) { a = T.Source(); T.Sink([|a|]); }
        """);

    [Fact]
    public Task UserHelper_Boolean() => FlowVerifier.VerifyAsync("""
        class C { static bool Ok(string s) => s is not null && T.IsValid(s) && s.Length < 9; static bool Bad(string s) { if (!T.IsValid(s)) return true; return false; } static void Require(string s) { if (!T.IsValid(s)) throw new ArgumentException("x"); } static bool No(string s) => s.Length > 1; void M() { string a = T.Source(); if (Ok(a)) T.Sink(a); if (!Bad(a)) T.Sink(a); if (No(a)) T.Sink([|a|]); Require(a); T.Sink(a); } }
        """);

    [Fact]
    public Task GuardOnMember() => FlowVerifier.VerifyAsync("""
        class B { public string V = ""; }
        class C { void M() { var b = new B { V = T.Source() }; if (T.IsValid(b.V)) T.Sink(b.V); else T.Sink([|b.V|]); } }
        """);

    [Fact]
    public Task GuardOnTrimmedCopy() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (!T.IsValid(a.Trim())) return; T.Sink(a);
        """);

    [Fact]
    public Task NullOrEmpty_IsHarmless() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (string.IsNullOrEmpty(a)) { T.Sink(a); return; } T.Sink([|a|]); if (a == null) T.Sink(a);
        """);

    [Fact]
    public Task CharacterTest_IsValid() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); if (a.All(char.IsLetterOrDigit)) T.Sink(a); if (!a.All(c => char.IsDigit(c))) return; T.Sink(a);
        """);

    [Fact]
    public Task AnyEquality_IsValid() => FlowVerifier.VerifyAsync("""
        class C { private static readonly string[] s_ok = { "a" }; void M() { string a = T.Source(); if (s_ok.Any(x => x == a)) T.Sink(a); if (!s_ok.Any(x => x.Equals(a))) return; T.Sink(a); } }
        """);

    [Fact]
    public Task DictionaryLookup_IsClean() => FlowVerifier.VerifyAsync("""
        class C { private static readonly Dictionary<string, string> s_map = new() { ["a"] = "b" }; void M() { if (s_map.TryGetValue(T.Source(), out var v)) T.Sink(v); T.Sink(s_map[T.Source()]); } }
        """);

    [Fact]
    public Task LoopGuard_Continue() => FlowVerifier.VerifyBodyAsync("""
        foreach (var a in new[] { T.Source(), "x" }) { if (!T.IsValid(a)) continue; T.Sink(a); }
        """);

    [Fact]
    public Task TernaryGuard() => FlowVerifier.VerifyBodyAsync("""
        string a = T.Source(); T.Sink(T.IsValid(a) ? a : "x"); string b = T.IsValid(a) ? "x" : a; T.Sink([|b|]);
        """);

    [Fact]
    public Task SwitchReturnsConstant_IsClean() => FlowVerifier.VerifyAsync("""
        class C { string Map(string s) => s switch { "a" => "x", "b" => "y", _ => throw new ArgumentException("z") }; void M() { T.Sink(Map(T.Source())); } }
        """);
}
