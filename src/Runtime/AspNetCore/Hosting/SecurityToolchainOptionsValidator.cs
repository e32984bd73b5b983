using System.Globalization;
using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Headers;
using SecurityToolchain.AspNetCore.RateLimiting;
using SecurityToolchain.AspNetCore.RequestLimits;

namespace SecurityToolchain.AspNetCore.Hosting;

/// <summary>Checks every setting against the range that its documentation names; a message has setting, range and value.</summary>
internal sealed class SecurityToolchainOptionsValidator : IValidateOptions<SecurityToolchainOptions>
{
    public ValidateOptionsResult Validate(string? name, SecurityToolchainOptions options)
    {
        var failures = new List<string>();
        CheckHeaders(options.Headers, failures);
        CheckRateLimit(options.RateLimit, failures);
        CheckRequestLimits(options.RequestLimits, failures);
        foreach (string origin in options.Cors.AllowedOrigins)
            CheckOrigin(origin, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckHeaders(SecurityHeadersOptions headers, List<string> failures)
    {
        CheckRange("Headers:HstsMaxAgeSeconds", headers.HstsMaxAgeSeconds, 0, 63_072_000, failures);
        if (!Enum.IsDefined(headers.Profile))
            failures.Add(Name("Headers:Profile") + " must be Modern or Documented.");
        if (headers.ContentSecurityPolicy is { } policy && policy.AsSpan().IndexOfAny('\r', '\n') >= 0)
            failures.Add(Name("Headers:ContentSecurityPolicy") + " must not contain line breaks.");
    }

    private static void CheckRateLimit(ClientRateLimitOptions limit, List<string> failures)
    {
        CheckRange("RateLimit:PermitLimit", limit.PermitLimit, 1, 1_000_000, failures);
        CheckRange("RateLimit:Window", limit.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), failures);
        CheckRange("RateLimit:MaxClients", limit.MaxClients, 1, 1_000_000, failures);
        CheckRange("RateLimit:Ipv6PrefixLength", limit.Ipv6PrefixLength, 32, 128, failures);
    }

    private static void CheckRequestLimits(RequestLimitsOptions limits, List<string> failures)
    {
        CheckRange("RequestLimits:MaxBodySizeBytes", limits.MaxBodySizeBytes, 1024L, 1L << 30, failures);
        CheckRange("RequestLimits:MaxMultipartBodySizeBytes", limits.MaxMultipartBodySizeBytes, 1024L, 1L << 30, failures);
        CheckRange("RequestLimits:MaxFormFields", limits.MaxFormFields, 1, 10_000, failures);
        CheckRange("RequestLimits:MaxHeadersSizeBytes", limits.MaxHeadersSizeBytes, 1024, 1 << 20, failures);
        CheckRange("RequestLimits:MaxHeaderCount", limits.MaxHeaderCount, 1, 1_000, failures);
        CheckRange("RequestLimits:HeadersTimeout", limits.HeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), failures);
        CheckRange("RequestLimits:MinBodyBytesPerSecond", limits.MinBodyBytesPerSecond, 1, 1_000_000, failures);
    }

    private static void CheckOrigin(string origin, List<string> failures)
    {
        string subject = $"{Name("Cors:AllowedOrigins")}: '{origin}'";
        if (origin.Contains('*', StringComparison.Ordinal))
            failures.Add(subject + " has a wildcard; name each origin.");
        else if (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.GetLeftPart(UriPartial.Authority) != origin)
            failures.Add(subject + " is not an origin; write scheme, host and port only, for example https://app.example.com.");
        else if (uri.Scheme == "http" && !uri.IsLoopback)
            failures.Add(subject + " is not encrypted; use https.");
    }

    private static void CheckRange<T>(string setting, T value, T minimum, T maximum, List<string> failures)
        where T : IComparable<T>
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"{Name(setting)} must lie between {minimum} and {maximum}; it is {value}."));
    }

    private static string Name(string setting) => SecurityToolchainOptions.SectionName + ":" + setting;
}
