using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Cookies;
using SecurityToolchain.AspNetCore.Cors;
using SecurityToolchain.AspNetCore.RateLimiting;
using SecurityToolchain.AspNetCore.RequestLimits;

namespace SecurityToolchain.AspNetCore.Hosting;

/// <summary>Registers the hardened defaults.</summary>
public static class SecurityToolchainBuilderExtensions
{
    /// <summary>
    /// Registers security headers, a rate limit for each client, request limits, cookie and cross-origin defaults. Call
    /// <see cref="SecurityToolchainApplicationExtensions.UseSecurityToolchain"/> first in the pipeline to switch them on.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">Changes after the configuration section <c>SecurityToolchain</c> has been bound; null for none.</param>
    /// <returns>The same builder. A bad setting stops the host at start with an <see cref="OptionsValidationException"/> that names it, its range and its value.</returns>
    /// <example><code>
    /// var builder = WebApplication.CreateBuilder(args);
    /// builder.AddSecurityToolchain();
    /// var app = builder.Build();
    /// app.UseSecurityToolchain();
    /// </code></example>
    public static IHostApplicationBuilder AddSecurityToolchain(this IHostApplicationBuilder builder, Action<SecurityToolchainOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        OptionsBuilder<SecurityToolchainOptions> options = services.AddOptions<SecurityToolchainOptions>()
            .Bind(builder.Configuration.GetSection(SecurityToolchainOptions.SectionName))
            .ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SecurityToolchainOptions>, SecurityToolchainOptionsValidator>());

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>, RequestLimitsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<FormOptions>, RequestLimitsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CookiePolicyOptions>, CookieDefaultsSetup>());
        AddRateLimit(services);
        AddCors(services);
        return builder;
    }

    private static void AddRateLimit(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new ClientRateLimiter(
            provider.GetRequiredService<IOptions<SecurityToolchainOptions>>().Value.RateLimit, provider.GetRequiredService<TimeProvider>()));
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<ClientRateLimiter, IOptions<SecurityToolchainOptions>>(static (limits, limiter, options) =>
        {
            int prefix = options.Value.RateLimit.Ipv6PrefixLength;
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter ??= limiter.WithTranslatedKey<HttpContext>(context => ClientIdentity.From(context, prefix), leaveOpen: true);
            limits.OnRejected ??= static (context, _) =>
            {
                if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait))
                    context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });
    }

    private static void AddCors(IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<SecurityToolchainOptions>>(static (cors, options) =>
        {
            CrossOriginOptions origins = options.Value.Cors;
            cors.AddDefaultPolicy(policy =>
            {
                policy.WithOrigins([.. origins.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod();
                if (origins.AllowCredentials)
                    policy.AllowCredentials();
                else
                    policy.DisallowCredentials();
            });
        });
    }
}
