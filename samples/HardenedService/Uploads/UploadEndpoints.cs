using Microsoft.Extensions.Options;
using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Files;
using SecurityToolchain.Runtime.Incidents;
using SecurityToolchain.Scanning.Validation;

namespace HardenedService.Uploads;

public static class UploadEndpoints
{
    private const string Folder = "uploads";

    public static void MapUploads(this IEndpointRouteBuilder app) =>
        app.MapPost("/uploads", async (string name, HttpContext context, FileValidator validator, IOptions<ServiceOptions> options, SecurityEventLog events) =>
        {
            using var content = new MemoryStream();
            await context.Request.Body.CopyToAsync(content, context.RequestAborted);
            content.Position = 0;
            FileValidation validation = await validator.ValidateAsync(content, name, context.RequestAborted);
            if (!validation.IsValid)
            {
                events.Write(new SecurityEvent
                {
                    Type = SecurityEventType.SuspiciousFileDetected,
                    Severity = SecuritySeverity.Medium,
                    UserId = context.User.Identity?.Name,
                    ClientAddress = context.Connection.RemoteIpAddress,
                    Details = new Dictionary<string, string> { ["name"] = name, ["problems"] = string.Join(", ", validation.Problems.Select(static problem => problem.Error)) },
                });
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            // Stored under a name of our own: the digest of the content. What the sender called it decides nothing.
            string stored = $"{Folder}/{validation.Metadata.Sha256}";
            SafePath.CreateDirectory(options.Value.FileRoot, Folder);
            try
            {
                await using FileStream file = SafePath.CreateNew(options.Value.FileRoot, stored);
                await content.CopyToAsync(file, context.RequestAborted);
            }
            catch (IOException error) when (error is not PathValidationException && error.HResult == 17)
            {
                // The same content is there already.
            }

            return Results.Created(new Uri($"/files?name={Uri.EscapeDataString(stored)}", UriKind.Relative), null);
        }).RequirePermission("write");
}
