using SecurityToolchain.AspNetCore.Cors;
using SecurityToolchain.AspNetCore.Headers;
using SecurityToolchain.AspNetCore.RateLimiting;
using SecurityToolchain.AspNetCore.RequestLimits;

namespace SecurityToolchain.AspNetCore.Hosting;

/// <summary>All settings of <c>AddSecurityToolchain</c>, bound from the configuration section <c>SecurityToolchain</c> and checked when the host starts.</summary>
public sealed class SecurityToolchainOptions
{
    /// <summary>The configuration section: <c>SecurityToolchain</c>.</summary>
    public const string SectionName = "SecurityToolchain";

    /// <summary>Response headers, section <c>Headers</c>.</summary>
    public SecurityHeadersOptions Headers { get; set; } = new();

    /// <summary>Requests per client, section <c>RateLimit</c>.</summary>
    public ClientRateLimitOptions RateLimit { get; set; } = new();

    /// <summary>Sizes and times of a request, section <c>RequestLimits</c>.</summary>
    public RequestLimitsOptions RequestLimits { get; set; } = new();

    /// <summary>Other origins, section <c>Cors</c>.</summary>
    public CrossOriginOptions Cors { get; set; } = new();
}
