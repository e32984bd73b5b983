using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace SecurityToolchain.Runtime.Authentication;

/// <summary>
/// Puts a permission check in front of every method of a plain service. A method without <see cref="RequirePermissionAttribute"/> is denied:
/// what somebody forgot to declare is closed, not open.
/// </summary>
/// <remarks>References: CWE-862 (missing authorization). The proxy is as thread safe as its target.</remarks>
[SuppressMessage("Design", "CA1062", Justification = "The platform calls Invoke and passes the method.")]
public class AuthorizingProxy : DispatchProxy
{
    private readonly ConcurrentDictionary<MethodInfo, string[]> _permissions = new();
    private object _target = null!;
    private RolePermissionMap _map = null!;
    private Func<AuthClaims?> _current = null!;

    /// <summary>Makes a proxy of a service.</summary>
    /// <typeparam name="TService">The interface of the service; its methods, or the interface itself, carry the attributes.</typeparam>
    /// <param name="target">The service. Attributes on its class and methods count as well.</param>
    /// <param name="permissions">Which roles have which permission.</param>
    /// <param name="currentClaims">Returns who calls, or <see langword="null"/> for nobody. If it throws, the call is denied.</param>
    /// <returns>A proxy; a denied call throws <see cref="AccessDeniedException"/> and never reaches the target.</returns>
    [RequiresDynamicCode("Makes a type at run time. With NativeAOT check permissions with Authorizer.")]
    [RequiresUnreferencedCode("Looks for attributes on the target by reflection.")]
    public static TService Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TService>(
        TService target, RolePermissionMap permissions, Func<AuthClaims?> currentClaims)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(permissions);
        ArgumentNullException.ThrowIfNull(currentClaims);
        TService service = Create<TService, AuthorizingProxy>();
        var proxy = (AuthorizingProxy)(object)service;
        (proxy._target, proxy._map, proxy._current) = (target, permissions, currentClaims);
        return service;
    }

    /// <inheritdoc/>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Create, the only way to get here, carries the requirement.")]
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        string[] required = _permissions.GetOrAdd(targetMethod, FindPermissions);
        AuthClaims? claims = Current();
        if (claims is null)
            throw new AccessDeniedException(AuthFailure.MissingToken);
        if (required.Length == 0 || !Array.TrueForAll(required, permission => _map.IsGranted(claims, permission)))
            throw new AccessDeniedException(AuthFailure.InsufficientPermissions);
        try
        {
            return targetMethod.Invoke(_target, args);
        }
        catch (TargetInvocationException error) when (error.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(error.InnerException);
            throw;
        }
    }

    private AuthClaims? Current()
    {
        try
        {
            return _current();
        }
#pragma warning disable CA1031 // Nobody knows who calls, so nobody does.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    [RequiresUnreferencedCode("Looks for attributes on the target by reflection.")]
    private string[] FindPermissions(MethodInfo method)
    {
        IEnumerable<RequirePermissionAttribute> attributes = method.GetCustomAttributes<RequirePermissionAttribute>();
        if (method.DeclaringType is { } declaring)
            attributes = attributes.Concat(declaring.GetCustomAttributes<RequirePermissionAttribute>());
        Type type = _target.GetType();
        if (method.DeclaringType is { IsInterface: true } contract && contract.IsAssignableFrom(type))
        {
            InterfaceMapping mapping = type.GetInterfaceMap(contract);
            MethodInfo definition = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
            int index = Array.IndexOf(mapping.InterfaceMethods, definition);
            if (index >= 0)
                attributes = attributes.Concat(mapping.TargetMethods[index].GetCustomAttributes<RequirePermissionAttribute>());
        }

        return [.. attributes.Concat(type.GetCustomAttributes<RequirePermissionAttribute>()).Select(static attribute => attribute.Permission).Distinct(StringComparer.Ordinal)];
    }
}
