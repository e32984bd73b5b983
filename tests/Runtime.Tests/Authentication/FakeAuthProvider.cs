using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.Runtime.Tests.Authentication;

internal sealed class FakeAuthProvider(Func<string, Task<AuthResult>> answer) : IAuthProvider
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public async ValueTask<AuthResult> AuthenticateAsync(string token, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return await answer(token);
    }

    public static AuthClaims Claims(DateTimeOffset expiresAt, string subject = "user", string? tokenId = "t1", DateTimeOffset? issuedAt = null, params string[] roles) =>
        new() { Subject = subject, ExpiresAt = expiresAt, TokenId = tokenId, IssuedAt = issuedAt, Roles = roles };
}
