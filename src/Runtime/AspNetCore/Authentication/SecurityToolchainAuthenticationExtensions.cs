using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Registers authentication by bearer token and authorization by permission.</summary>
public static class SecurityToolchainAuthenticationExtensions
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "SecurityToolchain.Bearer";

    /// <summary>
    /// Authenticates with the provider given, behind an <see cref="AuthTokenCache"/>, and requires an authenticated caller for every endpoint
    /// that does not say otherwise. Endpoints ask for a permission with <see cref="AuthorizePermissionAttribute"/> or
    /// <see cref="RequirePermission{TBuilder}"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="provider">Makes the provider, for example a <see cref="JwtAuthProvider"/>.</param>
    /// <param name="permissions">Which roles have which permission; <see cref="RolePermissionMap.Default"/> if <see langword="null"/>.</param>
    /// <param name="cache">Sizes and times of the token cache; the defaults if <see langword="null"/>.</param>
    public static IServiceCollection AddSecurityToolchainAuthentication(
        this IServiceCollection services,
        Func<IServiceProvider, IAuthProvider> provider,
        RolePermissionMap? permissions = null,
        AuthTokenCacheOptions? cache = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(provider);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(permissions ?? RolePermissionMap.Default);
        services.TryAddSingleton(root => new AuthTokenCache(provider(root), cache, root.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static root => new Authorizer(root.GetRequiredService<AuthTokenCache>(), root.GetRequiredService<RolePermissionMap>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, PermissionHandler>());
        services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(Scheme, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>Says which permission an endpoint, or a group of them, needs.</summary>
    /// <typeparam name="TBuilder">Type of the builder.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <param name="permission">The permission.</param>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(permission);
        return builder.RequireAuthorization(new AuthorizePermissionAttribute(permission));
    }
}
