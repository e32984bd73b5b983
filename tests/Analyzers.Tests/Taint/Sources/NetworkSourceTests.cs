namespace SecurityToolchain.Analyzers.Tests.Taint.Sources;

/// <summary>Sockets, WebSockets and responses of servers.</summary>
public sealed class NetworkSourceTests
{
    [Fact]
    public Task Connections_AreSources() => LineVerifier.VerifyAsync("STC1005", """
        class S { void Run() { var l = new System.Net.Sockets.TcpListener(IPAddress.Any, 80); using var c = l.AcceptTcpClient(); using var r = new StreamReader(c.GetStream()); var line = r.ReadLine(); File.Delete(line); // finds STC1005
           var s = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp); var a = s.Accept(); var b = new byte[10]; a.Receive(b); File.Delete(Encoding.UTF8.GetString(b)); // finds STC1005
           var u = new System.Net.Sockets.UdpClient(5); IPEndPoint ep = null; var d = u.Receive(ref ep); File.Delete(Encoding.UTF8.GetString(d)); } // finds STC1005
           async Task A() { var l = new System.Net.Sockets.TcpListener(IPAddress.Any, 80); using var c = await l.AcceptTcpClientAsync(); using var s = c.GetStream(); var b = new byte[10]; int n = await s.ReadAsync(b, 0, 10); File.Delete(Encoding.UTF8.GetString(b, 0, n)); } // finds STC1005
           async Task W(System.Net.WebSockets.WebSocket w) { var b = new byte[10]; var r = await w.ReceiveAsync(new ArraySegment<byte>(b), default); File.Delete(Encoding.UTF8.GetString(b, 0, r.Count)); } // finds STC1005
           async Task H(HttpClient c) { var s = await c.GetStringAsync("http://a.example/"); File.Delete(s); // finds STC1005
              var r = await c.GetAsync("http://a.example/"); var t = await r.Content.ReadAsStringAsync(); File.Delete(t); // finds STC1005
              File.Delete("/d/" + r.StatusCode); 
              using var wc = new WebClient(); File.Delete(wc.DownloadString("http://a.example/")); } // finds STC1005
        }
        """);
}
