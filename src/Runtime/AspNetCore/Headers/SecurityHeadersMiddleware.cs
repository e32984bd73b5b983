using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SecurityToolchain.AspNetCore.Headers;

/// <summary>
/// Adds the security headers of the chosen profile when the response starts, so that error pages, which clear headers, carry them too.
/// </summary>
/// <remarks>
/// References: OWASP HTTP Headers Cheat Sheet; Content Security Policy Level 3; RFC 6797 (HSTS).
/// HSTS goes out over HTTPS only, and never for a loopback host, where it would break other local services.
/// </remarks>
public sealed class SecurityHeadersMiddleware
{
    private readonly RequestDelegate _next;
    private readonly SecurityHeaderSet _headers;

    /// <summary>Creates the middleware; the header values are computed once, here.</summary>
    /// <param name="next">The rest of the pipeline.</param>
    /// <param name="options">What is sent.</param>
    public SecurityHeadersMiddleware(RequestDelegate next, IOptions<SecurityHeadersOptions> options)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(options);
        _next = next;
        _headers = new SecurityHeaderSet(options.Value);
    }

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.OnStarting(_headers.ApplyCallback, context);
        return _next(context);
    }
}
