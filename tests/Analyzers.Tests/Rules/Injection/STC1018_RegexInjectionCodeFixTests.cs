using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1018_RegexInjectionCodeFixTests
{
    [Fact]
    public Task Values_AreEscaped() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, RegexInjectionCodeFix>(
        "STC1018",
        """
        public bool A(string word, string text) => Regex.IsMatch(text, [|"^" + word + "$"|]);
        public Regex B(string word) => new Regex([|word|]);
        public Regex C(string word) => new Regex([|$"(?<a>{word})"|]);
        """,
        """
        public bool A(string word, string text) => Regex.IsMatch(text, "^" + Regex.Escape(word) + "$");
        public Regex B(string word) => new Regex(Regex.Escape(word));
        public Regex C(string word) => new Regex($"(?<a>{Regex.Escape(word)})");
        """);
}
