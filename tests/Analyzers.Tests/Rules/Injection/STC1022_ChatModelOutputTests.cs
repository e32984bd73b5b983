namespace SecurityToolchain.Analyzers.Tests.Rules.Injection;

public sealed class STC1022_ChatModelOutputTests
{
    // A stand-in with the library's names; ModelRowTests resolves the rows against the library itself.
    private const string More = """
        namespace Microsoft.Extensions.AI { public class ChatResponse { public string Text => ""; } }
        """;

    [Theory]
    [InlineData("""public void A(Microsoft.Extensions.AI.ChatResponse r, SqliteConnection c) => c.Execute([|r.Text|]);""")]
    [InlineData("""public void A(Microsoft.Extensions.AI.ChatResponse r) => Process.Start([|r.Text|]);""")]
    public Task AnswerAtSink_IsReported(string members) => InjectionVerifier.VerifyActionAsync("STC1022", members, More);

    [Theory]
    [InlineData("""public void A(Microsoft.Extensions.AI.ChatResponse r, SqliteConnection c) => c.Execute("INSERT INTO T VALUES (@text)", new { text = r.Text });""")]
    [InlineData("""public void A(Microsoft.Extensions.AI.ChatResponse r, SqliteConnection c) { var text = r.Text; if (text is "DELETE FROM T" or "DELETE FROM U") c.Execute(text); }""")]
    [InlineData("""private class Fake { public string Text => ""; } private void A(Fake r, SqliteConnection c) => c.Execute(r.Text);""")]
    public Task SafeOrLookAlike_IsSilent(string members) => InjectionVerifier.VerifyActionAsync("STC1022", members, More);
}
