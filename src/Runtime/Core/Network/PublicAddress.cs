using System.Net;
using System.Net.Sockets;

namespace SecurityToolchain.Runtime.Network;

/// <summary>Tells addresses of the public internet from those that lead back inside (CWE-918).</summary>
/// <remarks>References: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and later); RFC 6052, RFC 3056, RFC 4380 for embedded IPv4 addresses.</remarks>
public static class PublicAddress
{
    private static readonly IPNetwork[] s_special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(static text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork s_globalIpv6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork s_sixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork s_ipv4Compatible = IPNetwork.Parse("::/96");

    /// <summary>Whether the address is one of the public internet. Unknown ranges are not.</summary>
    /// <param name="address">An IPv4 or IPv6 address; one that is mapped or embedded is judged by what it leads to.</param>
    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (IPNetwork network in s_special)
        {
            if (network.Contains(address))
                return false;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
            return true;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;

        // Translators and tunnels deliver to the IPv4 address inside; what is inside decides.
        byte[] bytes = address.GetAddressBytes();
        if (s_nat64.Contains(address) || s_ipv4Compatible.Contains(address))
            return IsPublic(new IPAddress(bytes.AsSpan(12, 4)));
        if (s_sixToFour.Contains(address))
            return IsPublic(new IPAddress(bytes.AsSpan(2, 4)));
        return s_globalIpv6.Contains(address);
    }
}
