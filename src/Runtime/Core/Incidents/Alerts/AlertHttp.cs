using SecurityToolchain.Runtime.Network;

namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>What the HTTP channels share: the check of their address and a client that reads little of the answer.</summary>
internal static class AlertHttp
{
    private const int MostResponseBytes = 64 << 10;

    public static void CheckAddress(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw Error.Invalid(nameof(address), "The address of an alert channel must start with https:// (http:// only for a loopback host).");
    }

#pragma warning disable CA2000 // The client owns the handler (disposeHandler).
    public static HttpClient CreateClient(SecureHttpOptions? options) =>
        new(SecureHttp.CreateHandler(options), disposeHandler: true) { MaxResponseContentBufferSize = MostResponseBytes };
#pragma warning restore CA2000
}
