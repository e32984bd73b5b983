using Microsoft.AspNetCore.Authorization;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>A permission that an endpoint needs.</summary>
/// <param name="Permission">The permission.</param>
public sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;
