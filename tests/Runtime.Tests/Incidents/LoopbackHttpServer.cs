using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SecurityToolchain.Runtime.Tests.Incidents;

/// <summary>A small HTTP server on a loopback port that records what it gets.</summary>
internal sealed class LoopbackHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, HttpStatusCode> _answer;
    private readonly Task _loop;
    private int _count;

    /// <param name="answer">The status for the n-th request, from 1; 0 lets the request hang.</param>
    public LoopbackHttpServer(Func<int, HttpStatusCode> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = Task.Run(RunAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/hook");

    public Uri? Location { get; init; }

    public ConcurrentQueue<(string Head, byte[] Body)> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            var head = new StringBuilder();
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                int b = stream.ReadByte();
                if (b < 0)
                    return;
                head.Append((char)b);
            }

            string? length = head.ToString().Split("\r\n").FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            byte[] body = new byte[length is null ? 0 : int.Parse(length.AsSpan(15), CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body);
            Requests.Enqueue((head.ToString(), body));
            HttpStatusCode status = _answer(Interlocked.Increment(ref _count));
            if (status == 0)
            {
                await Task.Delay(Timeout.Infinite, _stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                return;
            }

            string location = Location is null ? string.Empty : $"Location: {Location}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(int)status} X\r\nContent-Length: 0\r\nConnection: close\r\n{location}\r\n"));
        }
    }
}
