using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>An authenticated, encrypted connection.</summary>
public sealed class MtlsConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly SslStream _stream;
    private bool _disposed;

    internal MtlsConnection(Socket socket, SslStream stream, TimeProvider time)
    {
        _socket = socket;
        _stream = stream;
        Opened = time.GetTimestamp();
    }

    /// <summary>The encrypted stream.</summary>
    public Stream Stream => _stream;

    /// <summary>The peer's identities, from its certificate.</summary>
    public IReadOnlyList<string> PeerIdentities => _stream.RemoteCertificate is X509Certificate2 peer ? Tls.PeerIdentities.Of(peer) : [];

    /// <summary>
    /// Whether the connection can be used for another exchange: not disposed, not closed by the peer, and nothing waits to be read (a peer
    /// has nothing to say between exchanges, so that would be a close or leftovers of the last one).
    /// </summary>
    public bool IsHealthy
    {
        get
        {
            try
            {
                return !_disposed && _socket.Connected && !_socket.Poll(0, SelectMode.SelectRead) && !_socket.Poll(0, SelectMode.SelectError);
            }
            catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
            {
                return false;
            }
        }
    }

    internal long Opened { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _stream.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
    }
}
