namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1018_RegexInjectionTests
{
    [Theory]
    [InlineData("""public bool A(string pattern, string text) => Regex.IsMatch(text, [|pattern|]);""")]
    [InlineData("""public object A(string word) => new Regex([|"^" + word + "$"|]);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1018", members);

    [Theory]
    [InlineData("""public bool A(string word, string text) => Regex.IsMatch(text, "^" + Regex.Escape(word) + "$");""")]
    [InlineData("""public object A(string word) => new Regex(word, RegexOptions.NonBacktracking);""")]
    [InlineData("""public bool A(string text) => Regex.IsMatch(text, "^a+$");""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1018", members);
}
