namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Answers of chat models.</summary>
public sealed class ChatModelSourceTests
{
    [Fact]
    public Task Answers_AreSources() => LineVerifier.VerifyWithLibrariesAsync("STC1022", """
        public class A { public async Task B(Microsoft.Extensions.AI.IChatClient c, SqliteCommand k) { var r = await Microsoft.Extensions.AI.ChatClientExtensions.GetResponseAsync(c, "hi"); k.CommandText = r.Text; // finds STC1022
          Process.Start("sh", "-c " + r.Text); // finds STC1022
          File.WriteAllText(r.Text, "x"); // finds STC1022
          k.CommandText = "select 1"; k.Parameters.AddWithValue("x", r.Text);
          await foreach (var u in c.GetStreamingResponseAsync(new Microsoft.Extensions.AI.ChatMessage[0])) k.CommandText = u.Text; } } // finds STC1022
        public class Pr : Controller { public object A(string topic) => new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.System, "You only talk about " + topic); // finds STC1022
          public object B(string topic) => new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.User, topic); }
        """);
}
