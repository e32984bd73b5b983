using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace SecurityToolchain.Runtime.Network;

/// <summary>
/// HTTP handlers that cannot be talked into connecting back inside (server-side request forgery, CWE-918). The address is checked after
/// name resolution and is the one that is connected to, so a name that resolves differently the second time does not help an attacker.
/// </summary>
/// <remarks>TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1, certificate revocation checked online, no proxy (a proxy would resolve names itself), no cookies.</remarks>
public static class SecureHttp
{
    private const int MostRedirects = 10;

    /// <summary>Creates a handler.</summary>
    /// <param name="options">Null for the defaults: any public address, no redirects.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside the range that its documentation names.</exception>
    public static SocketsHttpHandler CreateHandler(SecureHttpOptions? options = null)
    {
        options ??= new SecureHttpOptions();
        if (options.ConnectTimeout < TimeSpan.FromSeconds(1) || options.ConnectTimeout > TimeSpan.FromMinutes(5))
            throw Error.OutOfRange(nameof(options), "ConnectTimeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), options.ConnectTimeout);
        if (options.MaxRedirects is < 0 or > MostRedirects)
            throw Error.OutOfRange(nameof(options), "MaxRedirects", 0, MostRedirects, options.MaxRedirects);

        IPNetwork[] networks = [.. options.AllowedNetworks];
        var hosts = new HashSet<string>(options.AllowedHosts, StringComparer.OrdinalIgnoreCase);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = options.MaxRedirects > 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, networks, hosts, cancellation),
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.Online,
            },
        };
        if (options.MaxRedirects > 0)
            handler.MaxAutomaticRedirections = options.MaxRedirects;
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, IPNetwork[] networks, HashSet<string> hosts, CancellationToken cancellation)
    {
        if (hosts.Count > 0 && !hosts.Contains(target.Host))
            throw new BlockedAddressException($"The host '{target.Host}' is not among the allowed hosts.");

        IPAddress[] addresses = IPAddress.TryParse(target.Host, out IPAddress? literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(target.Host, cancellation).ConfigureAwait(false);

        // One bad address among good ones is reason enough: which of them is used is up to the network.
        foreach (IPAddress address in addresses)
        {
            if (!PublicAddress.IsPublic(address) && !IsAllowed(address, networks))
                throw new BlockedAddressException($"The host '{target.Host}' resolves to an address that is not public; allow its network if that is meant.");
        }

#pragma warning disable CA2000 // The stream that is returned owns the socket; every other way out disposes of it.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsAllowed(IPAddress address, IPNetwork[] networks)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (IPNetwork network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }
}
