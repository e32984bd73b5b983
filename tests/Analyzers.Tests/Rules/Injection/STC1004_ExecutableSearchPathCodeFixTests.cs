using SecurityToolchain.Analyzers.Rules.Injection.SearchPath;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1004_ExecutableSearchPathCodeFixTests
{
    [Fact]
    public Task Name_BecomesAFullPath() => InjectionFixVerifier.VerifyAsync<ExecutableSearchPathAnalyzer, ExecutableSearchPathCodeFix>(
        "STC1004",
        """
        public void A() => Process.Start([|"cmd.exe"|], "/c dir");
        public void B() => Process.Start(new ProcessStartInfo([|"notepad"|]) { UseShellExecute = true });
        public void C() => System.Reflection.Assembly.LoadFrom([|"plugin.dll"|]);
        """,
        """
        public void A() => Process.Start(Path.Combine(Environment.SystemDirectory, "cmd.exe"), "/c dir");
        public void B() => Process.Start(new ProcessStartInfo(Path.Combine(Environment.SystemDirectory, "notepad.exe")) { UseShellExecute = true });
        public void C() => System.Reflection.Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "plugin.dll"));
        """);

    [Fact]
    public Task UnknownFolder_IsLeft() => InjectionFixVerifier.VerifyNoFixAsync<ExecutableSearchPathAnalyzer, ExecutableSearchPathCodeFix>(
        "STC1004",
        """
        public void A() => Process.Start([|"git"|], "log");
        """);
}
