using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1015_LogForgingCodeFixTests
{
    [Fact]
    public Task Template_BecomesConstant() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, LogForgingCodeFix>(
        "STC1015",
        """
        public void A(string name, ILogger logger) => logger.LogInformation([|"User " + name + " came"|]);
        public void B(string name, ILogger logger) => logger.LogWarning([|$"User {name} of {{x}} {name.Length:D3}"|]);
        public void C(string name, ILogger logger) => logger.LogError([|name|]);
        public void D(string name, ILogger logger, Exception error) => logger.LogError(error, [|"User {" + name|]);
        """,
        """
        public void A(string name, ILogger logger) => logger.LogInformation("User {Name} came", name);
        public void B(string name, ILogger logger) => logger.LogWarning("User {Name} of {{x}} {Length:D3}", name, name.Length);
        public void C(string name, ILogger logger) => logger.LogError("{Name}", name);
        public void D(string name, ILogger logger, Exception error) => logger.LogError(error, "User {{{Name}", name);
        """);

    [Fact]
    public Task PlainText_LosesLineBreaks() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, LogForgingCodeFix>(
        "STC1015",
        """
        public void A(string name) => Trace.WriteLine([|"User " + name|]);
        """,
        """
        public void A(string name) => Trace.WriteLine("User " + name.ReplaceLineEndings(""));
        """);

    [Fact]
    public Task MessageWithArguments_IsLeft() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, LogForgingCodeFix>(
        "STC1015",
        """
        public void A(string name, ILogger logger) => logger.LogInformation([|"User " + name + " {Id}"|], 3);
        """);
}
