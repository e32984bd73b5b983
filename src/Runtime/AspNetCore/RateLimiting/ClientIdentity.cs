using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace SecurityToolchain.AspNetCore.RateLimiting;

/// <summary>Names the client of a request.</summary>
/// <remarks>
/// The address of the connection decides. Forwarding headers are text that the client writes; behind a proxy, let the framework's
/// forwarded-headers middleware with known proxies set the address first.
/// </remarks>
public static class ClientIdentity
{
    private const int Ipv6Bits = 128;

    /// <summary>Returns the client's address, IPv6 cut to a prefix.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ipv6PrefixLength">Bits of an IPv6 address that count; 1 to 128.</param>
    /// <returns>An IPv4 address, an IPv6 prefix such as <c>2001:db8:1:2::/64</c>, or <c>local</c> where the connection has no address (pipes, in-process tests).</returns>
    public static string From(HttpContext context, int ipv6PrefixLength)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(ipv6PrefixLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ipv6PrefixLength, Ipv6Bits);
        IPAddress? address = context.Connection.RemoteIpAddress;
        if (address is null)
            return "local";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Prefix(address, ipv6PrefixLength) : address.ToString();
    }

    private static string Prefix(IPAddress address, int bits)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        for (int i = 0; i < bytes.Length; i++)
        {
            int keep = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= unchecked((byte)(0xFF00 >> keep));
        }

        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{bits}");
    }
}
