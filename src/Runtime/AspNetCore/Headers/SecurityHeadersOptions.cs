namespace SecurityToolchain.AspNetCore.Headers;

/// <summary>What <see cref="SecurityHeadersMiddleware"/> sends. A header that the application set itself is never changed.</summary>
public sealed class SecurityHeadersOptions
{
    /// <summary>Whether the middleware is used at all; default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The set of headers; default <see cref="SecurityHeadersProfile.Modern"/>.</summary>
    public SecurityHeadersProfile Profile { get; set; } = SecurityHeadersProfile.Modern;

    /// <summary>
    /// A content security policy instead of the profile's; null keeps the profile's. The text <c>{nonce}</c> is replaced by the request's
    /// nonce, <c>{import-map}</c> by the digest of the import map that MVC and Blazor write, <c>{component-handlers}</c> by what the Blazor
    /// project template needs on Blazor pages and by <c>'none'</c> elsewhere. No line breaks.
    /// </summary>
    public string? ContentSecurityPolicy { get; set; }

    /// <summary>How long browsers remember to use HTTPS only, in seconds; 0 to 63,072,000 (two years), default 31,536,000 (one year); 0 sends none.</summary>
    public int HstsMaxAgeSeconds { get; set; } = 31_536_000;

    /// <summary>Whether HSTS covers subdomains; default true.</summary>
    public bool HstsIncludeSubDomains { get; set; } = true;

    /// <summary>Whether responses to signed-in users that say nothing about caching get <c>Cache-Control: no-store</c>; default true.</summary>
    public bool NoStoreForAuthenticated { get; set; } = true;
}
