namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1015_LogForgingTests
{
    [Theory]
    [InlineData("""public void A(string name, ILogger<HomeController> log) => log.LogInformation([|"user " + name|]);""")]
    [InlineData("""public void A(string name, ILogger<HomeController> log) => log.LogWarning([|$"user {name}"|]);""")]
    [InlineData("""public void A(string name) => Trace.WriteLine([|"user " + name|]);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1015", members);

    [Theory]
    [InlineData("""public void A(string name, ILogger<HomeController> log) => log.LogInformation("user {Name}", name);""")]
    [InlineData("""public void A(string name, ILogger<HomeController> log) => log.LogInformation("user " + name.ReplaceLineEndings(""));""")]
    [InlineData("""public void A(int id, ILogger<HomeController> log) => log.LogInformation($"user {id}");""")]
    [InlineData("""private class Log2 { public void LogInformation(string s) { } } public void A(string name) => new Log2().LogInformation("user " + name);""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1015", members);
}
