using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SecurityToolchain.Runtime.Tls;

namespace SecurityToolchain.AspNetCore.Tls;

/// <summary>Mutual TLS for Kestrel.</summary>
public static class KestrelMtlsExtensions
{
    private static readonly TimeSpan s_handshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Asks every client of an endpoint for a certificate that the store accepts. Changed files take effect with the next connection.</summary>
    /// <param name="endpoint">The endpoint, from <c>ConfigureKestrel(options =&gt; options.ListenAnyIP(8443, endpoint =&gt; endpoint.UseMtls(store)))</c>.</param>
    /// <param name="store">Certificate, trust and allowed identities.</param>
    /// <returns>The same endpoint.</returns>
    /// <exception cref="MtlsException">No identity is allowed.</exception>
    public static ListenOptions UseMtls(this ListenOptions endpoint, MtlsStore store)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(store);
        // Fails at start rather than with the first client.
        _ = store.CreateServerOptions();
        return endpoint.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = s_handshakeTimeout,
            OnConnection = _ => ValueTask.FromResult(store.CreateServerOptions()),
        });
    }
}
