using Microsoft.AspNetCore.Authorization;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Asks the role map. Only identities that this library made carry the claims that it looks at.</summary>
internal sealed class PermissionHandler(RolePermissionMap permissions) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        foreach (AuthClaimsIdentity identity in context.User.Identities.OfType<AuthClaimsIdentity>())
        {
            if (permissions.IsGranted(identity.AuthClaims, requirement.Permission))
            {
                context.Succeed(requirement);
                break;
            }
        }

        return Task.CompletedTask;
    }
}
