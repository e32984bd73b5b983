using SecurityToolchain.Runtime.Incidents;
using SecurityToolchain.Runtime.Input;

namespace HardenedService.Accounts;

public static class AccountEndpoints
{
    private const int MaxBodySizeInBytes = 4096;

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapPost("/accounts", async (HttpRequest request, AccountStore accounts) =>
            await ReadAsync(request) is { } credentials
                ? accounts.TryAdd(credentials) ? Results.Created() : Results.Conflict()
                : Results.BadRequest()).AllowAnonymous();

        app.MapPost("/sessions", async (HttpRequest request, AccountStore accounts, TokenIssuer tokens, SecurityEventLog events) =>
        {
            if (await ReadAsync(request) is not { } credentials)
                return Results.BadRequest();
            if (accounts.Verify(credentials))
                return Results.Text(tokens.Issue(credentials.Name));
            events.Write(new SecurityEvent
            {
                Type = SecurityEventType.AuthenticationFailure,
                Severity = SecuritySeverity.Medium,
                UserId = credentials.Name,
                ClientAddress = request.HttpContext.Connection.RemoteIpAddress,
            });
            return Results.Unauthorized();
        }).AllowAnonymous();
    }

    private static async Task<Credentials?> ReadAsync(HttpRequest request)
    {
        byte[] body = new byte[MaxBodySizeInBytes + 1];
        int size = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        try
        {
            return ValidatedJson.Deserialize<Credentials>(body.AsSpan(0, size), new ValidatedJsonOptions { MaxSizeInBytes = MaxBodySizeInBytes });
        }
        catch (JsonValidationException)
        {
            return null;
        }
    }
}
