namespace SecurityToolchain.AspNetCore.RateLimiting;

/// <summary>How many requests a client may send, and how many clients are remembered.</summary>
public sealed class ClientRateLimitOptions
{
    /// <summary>Whether requests are limited at all; default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Requests that one client may send within <see cref="Window"/>; 1 to 1,000,000, default 600: ten a second, every
    /// script, style sheet and picture of a page counted.</summary>
    public int PermitLimit { get; set; } = 600;

    /// <summary>The sliding window; 1 second to 1 day, default 1 minute.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Clients that are counted one by one; 1 to 1,000,000, default 10,000 (about 100 bytes each). Clients beyond it share one count, so
    /// that inventing client ids neither fills memory nor resets anybody's count.
    /// </summary>
    public int MaxClients { get; set; } = 10_000;

    /// <summary>
    /// Bits of an IPv6 address that identify a client; 32 to 128, default 64: a single customer usually owns a whole /64.
    /// IPv4 addresses count whole.
    /// </summary>
    public int Ipv6PrefixLength { get; set; } = 64;
}
