using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;
using SecurityToolchain.Runtime.Authentication.ApiKeys;
using SecurityToolchain.Runtime.Incidents;
using SecurityToolchain.Runtime.Secrets;

namespace HardenedService.Administration;

public static class AdministrationEndpoints
{
    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder admin = app.MapGroup("/admin").RequirePermission("admin");

        // The whole key is shown once, here; what is stored is a keyed hash of it.
        admin.MapPost("/keys", async (string owner, ApiKeyManager keys, CancellationToken cancellation) =>
            Results.Text((await keys.IssueAsync(owner, Permissions.ReadFiles, TimeSpan.FromDays(90), cancellation)).Key));

        admin.MapDelete("/keys/{id}", async (string id, ApiKeyManager keys, CancellationToken cancellation) =>
            await keys.RevokeAsync(id, cancellation) ? Results.NoContent() : Results.NotFound());

        admin.MapGet("/audit", (IOptions<ServiceOptions> options, SecretProvider secrets) =>
        {
            AuditVerification audit = AuditVerifier.Verify(options.Value.AuditPath, secrets.GetRequiredBytes("Service:AuditKey"));
            return audit.IsIntact ? Results.Text($"intact, {audit.Checkpoint.Sequence} events") : Results.Problem("the audit file is broken", statusCode: StatusCodes.Status500InternalServerError);
        });

        admin.MapPost("/shutdown", (EmergencyShutdown shutdown) =>
        {
            // Logged first, then the host is stopped. The answer still goes out, since hosts stop gracefully.
            _ = shutdown.TriggerAsync("asked for by an administrator");
            return Results.Accepted();
        });
    }
}
