namespace SecurityToolchain.Runtime.Tls;

/// <summary>HTTP over mutual TLS.</summary>
public static class MtlsHttp
{
    /// <summary>Creates a handler for one server, with the certificate that the store has now.</summary>
    /// <param name="store">Certificate, trust and allowed identities.</param>
    /// <param name="host">The server's name; other hosts are refused by their certificates.</param>
    /// <remarks>
    /// Redirects, cookies and proxies are off: a service calls the service that it was told to call. A handler keeps its certificate; let
    /// an <c>IHttpClientFactory</c>, which makes a new handler every two minutes, call this method, and a reload takes effect.
    /// </remarks>
    public static SocketsHttpHandler CreateHandler(MtlsStore store, string host)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            SslOptions = store.CreateClientOptions(host),
        };
    }
}
