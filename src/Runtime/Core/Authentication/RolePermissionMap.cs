using System.Collections.Frozen;

namespace SecurityToolchain.Runtime.Authentication;

/// <summary>
/// Which roles have which permission. What is not in the map is denied; names are compared exactly. Immutable, thread safe.
/// </summary>
public sealed class RolePermissionMap
{
    /// <summary>In the place of a role: everybody who is authenticated.</summary>
    public const string AnyAuthenticated = "*";

    private readonly FrozenDictionary<string, FrozenSet<string>> _rolesByPermission;

    /// <summary>Creates a map.</summary>
    /// <param name="rolesByPermission">For each permission the roles that have it; <c>*</c> for everybody who is authenticated.</param>
    /// <exception cref="ArgumentException">A permission or role is empty.</exception>
    public RolePermissionMap(IReadOnlyDictionary<string, IReadOnlyCollection<string>> rolesByPermission)
    {
        ArgumentNullException.ThrowIfNull(rolesByPermission);
        if (rolesByPermission.Any(static entry => string.IsNullOrWhiteSpace(entry.Key) || entry.Value.Any(string.IsNullOrWhiteSpace)))
            throw Error.Invalid(nameof(rolesByPermission), "Permissions and roles must not be empty.");
        _rolesByPermission = rolesByPermission.ToFrozenDictionary(
            static entry => entry.Key, static entry => entry.Value.ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The product documents' map: <c>read</c> for everybody who is authenticated, <c>write</c> for writer and admin, <c>admin</c> for admin.</summary>
    public static RolePermissionMap Default { get; } = new(new Dictionary<string, IReadOnlyCollection<string>>
    {
        ["read"] = [AnyAuthenticated],
        ["write"] = ["writer", "admin"],
        ["admin"] = ["admin"],
    });

    /// <summary>Whether somebody has a permission.</summary>
    /// <param name="claims">Who; <see langword="null"/> is nobody and has none.</param>
    /// <param name="permission">The permission.</param>
    public bool IsGranted(AuthClaims? claims, string permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        if (claims is null || !_rolesByPermission.TryGetValue(permission, out FrozenSet<string>? roles))
            return false;
        // The roles of a token are data: one that is called "*" must not open what the map opens to everybody, so it is skipped.
        return roles.Contains(AnyAuthenticated) || claims.Roles.Any(role => role != AnyAuthenticated && roles.Contains(role));
    }
}
