using Microsoft.AspNetCore.Authorization;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// Says which permission an endpoint needs: on controllers, actions, minimal API handlers, hubs and gRPC services alike, since all of them
/// are endpoints with metadata. Several attributes are all needed.
/// </summary>
public sealed class AuthorizePermissionAttribute : RequirePermissionAttribute, IAuthorizeData, IAuthorizationRequirementData
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="permission">The permission.</param>
    public AuthorizePermissionAttribute(string permission)
        : base(permission)
    {
    }

    /// <inheritdoc/>
    public string? Policy { get; set; }

    /// <inheritdoc/>
    public string? Roles { get; set; }

    /// <inheritdoc/>
    public string? AuthenticationSchemes { get; set; }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new PermissionRequirement(Permission)];
}
