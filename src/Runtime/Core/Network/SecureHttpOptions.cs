using System.Net;

namespace SecurityToolchain.Runtime.Network;

/// <summary>What <see cref="SecureHttp"/> allows.</summary>
public sealed class SecureHttpOptions
{
    /// <summary>Addresses that may be connected to although they are not public; empty by default.</summary>
    public IList<IPNetwork> AllowedNetworks { get; } = [];

    /// <summary>Host names that may be connected to, compared without case; empty means any.</summary>
    public ISet<string> AllowedHosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Time for name resolution and connecting; default 10 seconds, 1 second to 5 minutes.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Redirects that are followed; each new host is checked like the first. Default 0, at most 10.</summary>
    public int MaxRedirects { get; set; }
}
