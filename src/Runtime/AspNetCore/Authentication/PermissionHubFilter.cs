using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// Enforces <see cref="RequirePermissionAttribute"/> on hub methods, and ends the use of a token that expired or was revoked while its
/// connection was open.
/// </summary>
/// <remarks>
/// SignalR authorises methods by <c>AuthorizeAttribute</c> and no other type, so without this filter an attribute on a method would be
/// ignored and the method open to everybody who may connect. Attributes on the hub's class are endpoint metadata and are looked at when
/// a client connects; they are looked at here again, since the connection may be older than the answer.
/// </remarks>
internal sealed class PermissionHubFilter(PermissionEvaluator evaluator, TimeProvider clock, AuthTokenCache? tokens = null) : IHubFilter
{
    private readonly ConcurrentDictionary<MethodInfo, string[]> _required = new();

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        System.Security.Claims.ClaimsPrincipal? user = invocationContext.Context.User;
        bool stale = user?.Identities.OfType<AuthClaimsIdentity>().Any(IsStale) == true;
        string[] required = _required.GetOrAdd(invocationContext.HubMethod, FindPermissions);
        if (stale || !Array.TrueForAll(required, permission => evaluator.IsGranted(user, permission)))
            throw new HubException("Access is denied.");
        return next(invocationContext);
    }

    private bool IsStale(AuthClaimsIdentity identity) => clock.GetUtcNow() >= identity.AuthClaims.ExpiresAt || tokens?.IsRevoked(identity.AuthClaims) == true;

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The method was found by SignalR, which keeps it and its type.")]
    private static string[] FindPermissions(MethodInfo method) =>
    [
        .. method.GetCustomAttributes<RequirePermissionAttribute>(inherit: true)
            .Concat(method.ReflectedType?.GetCustomAttributes<RequirePermissionAttribute>(inherit: true) ?? [])
            .Select(static attribute => attribute.Permission)
            .Distinct(StringComparer.Ordinal),
    ];
}
