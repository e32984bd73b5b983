using SecurityToolchain.Analyzers.Taint;
using SecurityToolchain.CodeFixes.Injection;

namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1014_HeaderInjectionCodeFixTests
{
    [Fact]
    public Task LineBreaks_AreTakenOut() => InjectionFixVerifier.VerifyAsync<TaintAnalyzer, HeaderInjectionCodeFix>(
        "STC1014",
        """
        public void A(string n, System.Net.HttpListenerResponse r) => r.AddHeader("X-Name", [|"a " + n|]);
        public void B(string n, System.Net.Mail.MailMessage m) { m.Subject = [|$"About {n}"|]; }
        """,
        """
        public void A(string n, System.Net.HttpListenerResponse r) => r.AddHeader("X-Name", "a " + n.ReplaceLineEndings(""));
        public void B(string n, System.Net.Mail.MailMessage m) { m.Subject = $"About {n.ReplaceLineEndings("")}"; }
        """);

    [Fact]
    public Task CookieByHand_IsLeft() => InjectionFixVerifier.VerifyNoFixAsync<TaintAnalyzer, HeaderInjectionCodeFix>(
        "STC1014",
        """
        public void A(string n) => Response.Headers["Set-Cookie"] = [|"theme=" + n|];
        """);
}
