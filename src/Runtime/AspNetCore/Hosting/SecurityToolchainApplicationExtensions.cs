using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Headers;

namespace SecurityToolchain.AspNetCore.Hosting;

/// <summary>Switches the hardened defaults on.</summary>
public static class SecurityToolchainApplicationExtensions
{
    /// <summary>
    /// Adds security headers, the rate limit, the cookie policy and the cross-origin policy to the pipeline, in this order. Call it before
    /// anything that writes responses, and after forwarded headers.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><c>AddSecurityToolchain</c> was not called.</exception>
    public static IApplicationBuilder UseSecurityToolchain(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<IValidateOptions<SecurityToolchainOptions>>() is null)
            throw new InvalidOperationException("Call builder.AddSecurityToolchain() before app.UseSecurityToolchain().");

        SecurityToolchainOptions options = app.ApplicationServices.GetRequiredService<IOptions<SecurityToolchainOptions>>().Value;
        if (options.Headers.Enabled)
            app.UseMiddleware<SecurityHeadersMiddleware>(Options.Create(options.Headers));
        if (options.RateLimit.Enabled)
            app.UseRateLimiter();
        app.UseCookiePolicy();
        app.UseCors();
        return app;
    }
}
