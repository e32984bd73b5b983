using System.Security.Claims;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>An identity that came from an <see cref="IAuthProvider"/>, with its claims as they were validated.</summary>
public sealed class AuthClaimsIdentity : ClaimsIdentity
{
    /// <summary>Creates an identity.</summary>
    /// <param name="claims">The validated claims.</param>
    /// <param name="authenticationType">Name of the scheme.</param>
    public AuthClaimsIdentity(AuthClaims claims, string authenticationType)
        : base(Describe(claims), authenticationType, "sub", "roles") => AuthClaims = claims;

    /// <summary>The validated claims.</summary>
    public AuthClaims AuthClaims { get; }

    /// <inheritdoc/>
    public override ClaimsIdentity Clone() => new AuthClaimsIdentity(AuthClaims, AuthenticationType ?? string.Empty);

    private static IEnumerable<Claim> Describe(AuthClaims claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return [new Claim("sub", claims.Subject), .. claims.Roles.Select(static role => new Claim("roles", role))];
    }
}
