namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Methods of SignalR hubs.</summary>
public sealed class SignalRSourceTests
{
    [Fact]
    public Task HubMethods_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        public class ChatHub : Microsoft.AspNetCore.SignalR.Hub {
          public Task Send(string user, string msg) { File.Delete(msg); return Task.CompletedTask; } // finds STC1005
          public async Task Stream(IAsyncEnumerable<string> s) { await foreach (var x in s) File.Delete(x); } // finds STC1005
          public Task Dto(Msg m) { File.Delete(m.File); return Task.CompletedTask; } // finds STC1005
          public override Task OnConnectedAsync() { File.Delete(Microsoft.AspNetCore.SignalR.GetHttpContextExtensions.GetHttpContext(Context)!.Request.Query["x"]); return base.OnConnectedAsync(); } // finds STC1005
          private void Priv(string s) { File.Delete(s); }
          public Task Num(int n) { File.Delete("/d/" + n); return Task.CompletedTask; }
          public class Msg { public string File { get; set; } = ""; }
        }
        public interface IClient { Task R(string s); }
        public class TypedHub : Microsoft.AspNetCore.SignalR.Hub<IClient> { public Task Send(string s) { File.Delete(s); return Task.CompletedTask; } } // finds STC1005
        public class NotHub { public Task Send(string s) { File.Delete(s); return Task.CompletedTask; } }
        """);
}
