namespace SecurityToolchain.Runtime.Authentication;

/// <summary>Validates tokens. Implementations are thread safe.</summary>
public interface IAuthProvider
{
    /// <summary>Validates a token.</summary>
    /// <param name="token">Any text from outside.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The claims, or why not. A bad token is an outcome, not an exception.</returns>
    ValueTask<AuthResult> AuthenticateAsync(string token, CancellationToken cancellationToken = default);
}
