using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SecurityToolchain.Runtime.Tls;

namespace SecurityToolchain.Runtime.Tests.Tls;

/// <summary>Takes mutual TLS connections on loopback and sends back what it gets.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<SslServerAuthenticationOptions> _options;
    private readonly List<TcpClient> _clients = [];
    private readonly Task _loop;
    private int _accepted;

    public EchoServer(MtlsStore store)
        : this(store.CreateServerOptions)
    {
    }

    public EchoServer(Func<SslServerAuthenticationOptions> options)
    {
        _options = options;
        _listener.Start();
        _loop = Task.Run(RunAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections whose handshake was completed.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public void DropClients()
    {
        lock (_clients)
        {
            foreach (TcpClient client in _clients)
                client.Dispose();
            _clients.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        DropClients();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            lock (_clients)
                _clients.Add(client);
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(_options());
            Interlocked.Increment(ref _accepted);
            byte[] buffer = new byte[16 << 10];
            for (int count = await tls.ReadAsync(buffer); count > 0; count = await tls.ReadAsync(buffer))
            {
                await tls.WriteAsync(buffer.AsMemory(0, count));
                await tls.FlushAsync();
            }
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException or ObjectDisposedException or SocketException)
        {
            // A refused or vanished client is what several tests want.
        }
        finally
        {
            client.Dispose();
        }
    }
}
