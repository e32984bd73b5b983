using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SecurityToolchain.Runtime.Authentication;
using SecurityToolchain.Runtime.Authentication.ApiKeys;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Takes the key of the request's header to the <see cref="ApiKeyManager"/>. Clients see one 401 for every reason.</summary>
internal sealed partial class ApiKeyHandler(
    IOptionsMonitor<ApiKeyAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyManager keys)
    : AuthenticationHandler<ApiKeyAuthenticationOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        StringValues header = Request.Headers[Options.HeaderName];
        if (header.Count == 0)
            return AuthenticateResult.NoResult();
        // Two credentials in one request are two answers to one question; which of them somebody else reads is anybody's guess.
        if (header.Count > 1 || Request.Headers.ContainsKey(HeaderNames.Authorization))
            return AuthenticateResult.Fail("refused");
        ApiKeyVerification verification;
        try
        {
            verification = await keys.VerifyAsync(header[0], Context.RequestAborted);
        }
        catch (OperationCanceledException) when (Context.RequestAborted.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The store failed, so nobody knows; unknown is refused.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogStoreFailed(Logger, failure.GetType().Name);
            return AuthenticateResult.Fail("refused");
        }

        if (verification.Record is not { } record)
        {
            LogRefused(Logger, verification.Failure);
            return AuthenticateResult.Fail("refused");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ApiKeyIdentity(record, Scheme.Name)), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = "ApiKey";
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "An API key was refused: {Failure}")]
    private static partial void LogRefused(ILogger logger, AuthFailure failure);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "An API key could not be checked, so it was refused: {Failure}")]
    private static partial void LogStoreFailed(ILogger logger, string failure);
}
