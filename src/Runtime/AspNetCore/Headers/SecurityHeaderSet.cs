using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SecurityToolchain.AspNetCore.Headers;

/// <summary>The header values of one configuration, ready to be written.</summary>
internal sealed class SecurityHeaderSet
{
    // Pictures in data URLs are how style sheets, Bootstrap's among them, bring their icons along; they cannot run anything.
    private const string ModernPolicy =
        "default-src 'self'; script-src 'self' {nonce} {import-map}; script-src-attr {component-handlers}; style-src 'self' {nonce}; img-src 'self' data:; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string DocumentedPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'";

    private static readonly (string Name, StringValues Value)[] s_modern =
    [
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.XFrameOptions, "DENY"),
        // The filter that this header once controlled was itself exploitable; 0 turns what is left of it off.
        (HeaderNames.XXSSProtection, "0"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    private static readonly (string Name, StringValues Value)[] s_documented =
    [
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.XFrameOptions, "DENY"),
        (HeaderNames.XXSSProtection, "1; mode=block"),
    ];

    private readonly (string Name, StringValues Value)[] _fixed;
    private readonly ulong _fixedLengths;
    private readonly ContentSecurityPolicy _policy;
    private readonly StringValues _hsts;
    private readonly bool _noStoreForAuthenticated;

    public SecurityHeaderSet(SecurityHeadersOptions options)
    {
        bool modern = options.Profile == SecurityHeadersProfile.Modern;
        _fixed = modern ? s_modern : s_documented;
        foreach ((string name, _) in _fixed)
            _fixedLengths |= 1UL << name.Length;
        _policy = new ContentSecurityPolicy(options.ContentSecurityPolicy ?? (modern ? ModernPolicy : DocumentedPolicy));
        _hsts = options.HstsMaxAgeSeconds == 0
            ? StringValues.Empty
            : string.Create(CultureInfo.InvariantCulture, $"max-age={options.HstsMaxAgeSeconds}{(options.HstsIncludeSubDomains ? "; includeSubDomains" : string.Empty)}");
        _noStoreForAuthenticated = options.NoStoreForAuthenticated;
        ApplyCallback = Apply;
    }

    /// <summary>For <see cref="HttpResponse.OnStarting(Func{object, Task}, object)"/>; one delegate for all requests.</summary>
    public Func<object, Task> ApplyCallback { get; }

    private static bool IsLoopback(string host)
    {
        // Most hosts are names; only what starts like an address is parsed as one.
        if (host.Length == 0 || !(char.IsAsciiDigit(host[0]) || host[0] is '[' or ':'))
            return host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address);
    }

    /// <summary>
    /// One look at the few headers that are there instead of one look for each of ours: a name of another length is another name.
    /// </summary>
    private bool MayHaveOneOfOurs(IHeaderDictionary headers)
    {
        foreach (KeyValuePair<string, StringValues> header in headers)
        {
            if (header.Key.Length >= 64 || (_fixedLengths & (1UL << header.Key.Length)) != 0)
                return true;
        }

        return false;
    }

    private Task Apply(object state)
    {
        var context = (HttpContext)state;
        IHeaderDictionary headers = context.Response.Headers;
        bool known = MayHaveOneOfOurs(headers);
        foreach ((string name, StringValues value) in _fixed)
        {
            if (!known || !headers.ContainsKey(name))
                headers[name] = value;
        }

        // Both come from servers and proxies and only tell an attacker what to try.
        headers.Remove(HeaderNames.Server);
        headers.Remove(HeaderNames.XPoweredBy);

        _policy.Apply(context);
#pragma warning disable STC1021 // Nothing is granted here: a client that lies about the host keeps the header from itself alone.
        if (context.Request.IsHttps && _hsts.Count > 0 && !IsLoopback(context.Request.Host.Host))
            headers.TryAdd(HeaderNames.StrictTransportSecurity, _hsts);
#pragma warning restore STC1021
        // The feature and not the property, which would make a user for every request that has none.
        if (_noStoreForAuthenticated && context.Features.Get<IHttpAuthenticationFeature>()?.User?.Identity is { IsAuthenticated: true })
            headers.TryAdd(HeaderNames.CacheControl, "no-store");
        return Task.CompletedTask;
    }
}
