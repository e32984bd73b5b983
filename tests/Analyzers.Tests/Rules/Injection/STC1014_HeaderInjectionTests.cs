namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1014_HeaderInjectionTests
{
    [Theory]
    [InlineData("""public void A(string v, HttpListenerResponse r) => r.AddHeader("X-Name", [|v|]);""")]
    [InlineData("""public void A(string v, HttpListenerResponse r) => r.Headers["X-Name"] = [|v|];""")]
    [InlineData("""public void A(string v) => Response.Headers.Append("Set-Cookie", [|"a=" + v|]);""")]
    [InlineData("""public void A(string v, System.Net.Mail.MailMessage m) => m.Headers.Add("X-Name", [|v|]);""")]
    public Task InputAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1014", members);

    [Theory]
    [InlineData("""public void A(string v) => Response.Headers["X-Name"] = v;""")]
    [InlineData("""public void A(string v) => Response.Cookies.Append("a", v);""")]
    [InlineData("""public void A(string v, HttpListenerResponse r) => r.AddHeader("X-Name", v.Replace("\r", "").Replace("\n", ""));""")]
    [InlineData("""public void A(int v, HttpListenerResponse r) => r.AddHeader("X-Name", v.ToString());""")]
    public Task SafeSanitizedOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1014", members);
}
