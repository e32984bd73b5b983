using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Files;
using SecurityToolchain.Runtime.Incidents;

namespace HardenedService.Files;

public static class FileEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/files", (string name, HttpContext context, IOptions<ServiceOptions> options, SecurityEventLog events) =>
        {
            try
            {
                return Results.Stream(SafePath.OpenRead(options.Value.FileRoot, name), "application/octet-stream");
            }
            catch (PathValidationException error)
            {
                if (error.Error is PathValidationError.PathTraversal or PathValidationError.SymlinkEscape)
                {
                    events.Write(new SecurityEvent
                    {
                        Type = SecurityEventType.PathTraversalAttempt,
                        Severity = SecuritySeverity.High,
                        UserId = context.User.Identity?.Name,
                        ClientAddress = context.Connection.RemoteIpAddress,
                        Details = new Dictionary<string, string> { ["name"] = name },
                    });
                }

                // The same answer for every reason: what exists outside the root is nobody's business.
                return Results.NotFound();
            }
        }).RequirePermission("read");
}
