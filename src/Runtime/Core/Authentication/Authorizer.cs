namespace SecurityToolchain.Runtime.Authentication;

/// <summary>
/// Validates a token and checks a permission in one call, and refuses whenever it cannot tell: a provider that fails denies. Thread safe.
/// </summary>
public sealed class Authorizer
{
    private readonly IAuthProvider _provider;
    private readonly RolePermissionMap _permissions;

    /// <summary>Creates an authorizer.</summary>
    /// <param name="provider">Validates tokens.</param>
    /// <param name="permissions">Which roles have which permission.</param>
    public Authorizer(IAuthProvider provider, RolePermissionMap permissions)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(permissions);
        _provider = provider;
        _permissions = permissions;
    }

    /// <summary>Validates a token.</summary>
    /// <param name="token">Any text from outside, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The caller ended it.</exception>
    public async ValueTask<AuthResult> AuthenticateAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(token))
            return AuthResult.Refused(AuthFailure.MissingToken);
        try
        {
            return await _provider.AuthenticateAsync(token, cancellationToken) ?? AuthResult.Refused(AuthFailure.ProviderError);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever went wrong in the provider, the answer is no.
        catch (Exception)
#pragma warning restore CA1031
        {
            return AuthResult.Refused(AuthFailure.ProviderError);
        }
    }

    /// <summary>Validates a token and checks that its bearer has a permission.</summary>
    /// <param name="token">Any text from outside, or <see langword="null"/>.</param>
    /// <param name="permission">The permission.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The caller ended it.</exception>
    public async ValueTask<AuthResult> AuthorizeAsync(string? token, string permission, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(permission);
        AuthResult result = await AuthenticateAsync(token, cancellationToken);
        return !result.IsSuccess || _permissions.IsGranted(result.Claims, permission)
            ? result
            : AuthResult.Refused(AuthFailure.InsufficientPermissions);
    }
}
