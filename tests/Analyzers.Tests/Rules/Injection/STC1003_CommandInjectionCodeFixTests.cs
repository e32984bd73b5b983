using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1003_CommandInjectionCodeFixTests
{
    [Fact]
    public Task TextOfArguments_BecomesAList() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, CommandInjectionCodeFix>(
        "STC1003",
        """
        public void A(string host) => Process.Start("/usr/bin/ping", [|"-c 1 " + host|]);
        public void B(string name) => Process.Start("/usr/bin/convert", [|$"-resize 100 \"{name}\" --out={name}.png"|]);
        """,
        """
        public void A(string host) => Process.Start("/usr/bin/ping", new[] { "-c", "1", host });
        public void B(string name) => Process.Start("/usr/bin/convert", new[] { "-resize", "100", name, "--out=" + name + ".png" });
        """);

    [Fact]
    public Task StartInfo_GetsAnArgumentList() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, CommandInjectionCodeFix>(
        "STC1003",
        """
        public void A(string host) { var info = new ProcessStartInfo("/usr/bin/ping", [|"-c 1 " + host|]); Process.Start(info); }
        public void B(string host) { var info = new ProcessStartInfo { FileName = "/usr/bin/ping", Arguments = [|"-c 1 " + host|] }; Process.Start(info); }
        public void C(string host)
        {
            var info = new ProcessStartInfo("/usr/bin/ping");
            info.Arguments = [|"-c 1 " + host|];
            Process.Start(info);
        }
        """,
        """
        public void A(string host) { var info = new ProcessStartInfo("/usr/bin/ping", new[] { "-c", "1", host }); Process.Start(info); }
        public void B(string host) { var info = new ProcessStartInfo { FileName = "/usr/bin/ping", ArgumentList = { "-c", "1", host } }; Process.Start(info); }
        public void C(string host)
        {
            var info = new ProcessStartInfo("/usr/bin/ping");
            info.ArgumentList.Add("-c");
            info.ArgumentList.Add("1");
            info.ArgumentList.Add(host);
            Process.Start(info);
        }
        """);

    [Fact]
    public Task ShellsAndOddQuotes_AreLeft() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, CommandInjectionCodeFix>(
        "STC1003",
        """
        public void A(string host) => Process.Start("/bin/sh", [|"-c ping " + host|]);
        public void B(string host) => Process.Start("/usr/bin/ping", [|"-c '1' " + host|]);
        public void C(string program) => Process.Start([|program|]);
        """);
}
