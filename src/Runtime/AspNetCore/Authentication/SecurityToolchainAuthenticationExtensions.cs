using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SecurityToolchain.Runtime.Authentication;
using SecurityToolchain.Runtime.Authentication.ApiKeys;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Registers authentication by bearer token and by API key, and authorization by permission.</summary>
public static class SecurityToolchainAuthenticationExtensions
{
    /// <summary>Name of the scheme for bearer tokens.</summary>
    public const string Scheme = "SecurityToolchain.Bearer";

    /// <summary>Name of the scheme for API keys.</summary>
    public const string ApiKeyScheme = "SecurityToolchain.ApiKey";

    private const string SelectingScheme = "SecurityToolchain";

    /// <summary>
    /// Authenticates with the provider given, behind an <see cref="AuthTokenCache"/>, and requires an authenticated caller for every endpoint
    /// that does not say otherwise. Endpoints (controllers, minimal APIs, hubs and their methods, gRPC services and their methods) ask for a
    /// permission with <see cref="AuthorizePermissionAttribute"/>, <see cref="RequirePermissionAttribute"/> or
    /// <see cref="RequirePermission{TBuilder}"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="provider">Makes the provider, for example a <see cref="JwtAuthProvider"/>.</param>
    /// <param name="permissions">Which roles have which permission; <see cref="RolePermissionMap.Default"/> if <see langword="null"/>.</param>
    /// <param name="cache">Sizes and times of the token cache; the defaults if <see langword="null"/>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSecurityToolchainAuthentication(
        this IServiceCollection services,
        Func<IServiceProvider, IAuthProvider> provider,
        RolePermissionMap? permissions = null,
        AuthTokenCacheOptions? cache = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(provider);
        services.TryAddSingleton(permissions ?? RolePermissionMap.Default);
        services.TryAddSingleton(root => new AuthTokenCache(provider(root), cache, root.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static root => new Authorizer(root.GetRequiredService<AuthTokenCache>(), root.GetRequiredService<RolePermissionMap>()));
        AddCommon(services).AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(Scheme, null);
        return services;
    }

    /// <summary>
    /// Authenticates with API keys in a request header, alone or beside bearer tokens, and requires an authenticated caller for every
    /// endpoint that does not say otherwise. Permissions are declared as for
    /// <see cref="AddSecurityToolchainAuthentication"/>; which scopes they stand for is an option.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="manager">Makes the manager that knows the keys. The container disposes of it.</param>
    /// <param name="configure">Changes the header or the scopes; <see langword="null"/> for the defaults.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSecurityToolchainApiKeys(
        this IServiceCollection services, Func<IServiceProvider, ApiKeyManager> manager, Action<ApiKeyAuthenticationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(manager);
        services.TryAddSingleton(manager);
        AddCommon(services).AddScheme<ApiKeyAuthenticationOptions, ApiKeyHandler>(ApiKeyScheme, configure);
        return services;
    }

    /// <summary>Says which permission an endpoint, or a group of them, needs.</summary>
    /// <typeparam name="TBuilder">Type of the builder.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <param name="permission">The permission.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The permission is empty.</exception>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrEmpty(permission);
        return builder.RequireAuthorization(new AuthorizePermissionAttribute(permission));
    }

    private static AuthenticationBuilder AddCommon(IServiceCollection services)
    {
        AuthenticationBuilder builder = services.AddAuthentication(SelectingScheme);
        if (services.Any(static service => service.ServiceType == typeof(PermissionEvaluator)))
            return builder;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(RolePermissionMap.Default);
        services.AddSingleton(static root => new ApiKeyPermissions(
            root.GetRequiredService<IOptionsMonitor<ApiKeyAuthenticationOptions>>().Get(ApiKeyScheme).PermissionScopes));
        services.AddSingleton<PermissionEvaluator>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, PermissionHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, DeclaredPermissionsHandler>());
        services.AddSingleton(static root => new PermissionHubFilter(
            root.GetRequiredService<PermissionEvaluator>(), root.GetRequiredService<TimeProvider>(), root.GetService<AuthTokenCache>()));
        services.Configure<HubOptions>(static hubs => hubs.AddFilter<PermissionHubFilter>());
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder.AddPolicyScheme(SelectingScheme, null, static options => options.ForwardDefaultSelector = Select);
    }

    /// <summary>An API key goes to its own scheme where there is one; everything else, also nothing, to the bearer scheme if there is one.</summary>
    private static string Select(HttpContext context)
    {
        AuthenticationOptions schemes = context.RequestServices.GetRequiredService<IOptions<AuthenticationOptions>>().Value;
        if (!schemes.SchemeMap.ContainsKey(ApiKeyScheme))
            return Scheme;
        string header = context.RequestServices.GetRequiredService<IOptionsMonitor<ApiKeyAuthenticationOptions>>().Get(ApiKeyScheme).HeaderName;
        return context.Request.Headers.ContainsKey(header) || !schemes.SchemeMap.ContainsKey(Scheme) ? ApiKeyScheme : Scheme;
    }
}
