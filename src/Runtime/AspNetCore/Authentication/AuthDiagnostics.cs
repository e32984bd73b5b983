using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Explains to an operator why a token is refused. Uses the provider's own keys and rules. Thread safe.</summary>
public static class AuthDiagnostics
{
    /// <summary>Looks at each stage by itself.</summary>
    /// <param name="provider">The provider that refused the token.</param>
    /// <param name="permissions">Which roles have which permission.</param>
    /// <param name="token">The token, or <see langword="null"/>.</param>
    /// <param name="permission">The permission that was asked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<AuthDebugInfo> ExplainAsync(
        JwtAuthProvider provider, RolePermissionMap permissions, string? token, string permission, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(permissions);
        if (string.IsNullOrEmpty(token))
            return new AuthDebugInfo { Failure = AuthFailure.MissingToken };
        AuthResult result = await provider.AuthenticateAsync(token, cancellationToken);
        using JwtParts? parts = result.Failure == AuthFailure.TokenTooLarge ? null : JwtParts.TryParse(token);
        if (parts is null)
            return new AuthDebugInfo { TokenPresent = true, Failure = result.Failure };
        bool signature = provider.FindKey(parts, out JwtKey? key) == AuthFailure.None && await provider.CheckSignatureAsync(token, key!) == AuthFailure.None;
        bool granted = permissions.IsGranted(provider.ReadUnverifiedRoles(parts.Payload), permission);
        return new AuthDebugInfo
        {
            TokenPresent = true,
            TokenFormatValid = true,
            SignatureValid = signature,
            ClaimsValid = provider.CheckClaims(parts.Payload).IsSuccess,
            PermissionsGranted = granted,
            Failure = result.IsSuccess && !granted ? AuthFailure.InsufficientPermissions : result.Failure,
        };
    }
}
