using System.Security.Claims;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// Answers whether a caller has a permission. Only identities that this library made count: what another scheme writes into a claim
/// called "roles" was validated by rules that nobody here knows.
/// </summary>
internal sealed class PermissionEvaluator(RolePermissionMap permissions, ApiKeyPermissions scopes)
{
    public bool IsGranted(ClaimsPrincipal? user, string permission)
    {
        foreach (ClaimsIdentity identity in user?.Identities ?? [])
        {
            bool granted = identity switch
            {
                AuthClaimsIdentity bearer => permissions.IsGranted(bearer.AuthClaims, permission),
                ApiKeyIdentity key => scopes.IsGranted(key.Record, permission),
                _ => false,
            };
            if (granted)
                return true;
        }

        return false;
    }
}
