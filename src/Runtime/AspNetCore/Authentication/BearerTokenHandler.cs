using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Takes the token of <c>Authorization: Bearer</c> to the <see cref="Authorizer"/>. Clients see one 401 for every reason.</summary>
internal sealed partial class BearerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Authorizer authorizer)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string SchemePrefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        Microsoft.Extensions.Primitives.StringValues header = Request.Headers.Authorization;
        if (header.Count == 0)
            return AuthenticateResult.NoResult();
        // Two headers are two answers to one question; which of them somebody else reads is anybody's guess.
        if (header.Count > 1 || header[0] is not { } value || !value.StartsWith(SchemePrefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail("refused");
        AuthResult result = await authorizer.AuthenticateAsync(value[SchemePrefix.Length..].Trim(), Context.RequestAborted);
        if (!result.IsSuccess)
        {
            LogRefused(Logger, result.Failure);
            return AuthenticateResult.Fail("refused");
        }

        var principal = new ClaimsPrincipal(new AuthClaimsIdentity(result.Claims, Scheme.Name));
        // The end of the ticket is what long connections (SignalR with CloseOnAuthenticationExpiration) go by.
        var properties = new AuthenticationProperties { ExpiresUtc = result.Claims.ExpiresAt };
        return AuthenticateResult.Success(new AuthenticationTicket(principal, properties, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "A bearer token was refused: {Failure}")]
    private static partial void LogRefused(ILogger logger, AuthFailure failure);
}
