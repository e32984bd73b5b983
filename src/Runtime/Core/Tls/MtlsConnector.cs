using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>Opens mutual TLS connections.</summary>
public sealed class MtlsConnector
{
    private readonly MtlsStore _store;
    private readonly TimeProvider _time;

    /// <summary>Creates a connector.</summary>
    /// <param name="store">Certificate, trust and allowed identities.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    public MtlsConnector(MtlsStore store, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Connects and authenticates both sides.</summary>
    /// <param name="host">The server's name; its certificate must carry it.</param>
    /// <param name="port">1 to 65,535.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SocketException">No connection.</exception>
    /// <exception cref="AuthenticationException">One side refused the other; the store's logger has the reason when it was this one.</exception>
    public async Task<MtlsConnection> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (port is < 1 or > 65_535)
            throw Error.OutOfRange(nameof(port), "The port", 1, 65_535, port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SslStream? stream = null;
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
            await stream.AuthenticateAsClientAsync(_store.CreateClientOptions(host), cancellationToken).ConfigureAwait(false);
            return new MtlsConnection(socket, stream, _time);
        }
        catch
        {
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);
            socket.Dispose();
            throw;
        }
    }
}
