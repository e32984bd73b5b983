using SecurityToolchain.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace HardenedService.Reports;

public static class ReportEndpoints
{
    // The permission is one that scopes of API keys stand for: other programs come here, with "X-Api-Key".
    public static void MapReports(this IEndpointRouteBuilder app) =>
        app.MapGet("/reports/{name:alpha}", async (string name, HttpContext context, ReportStore reports) =>
            Results.Bytes(await reports.FindAsync(context.User.Identity!.Name!, name, context.RequestAborted), "text/plain")).RequirePermission(nameof(Permissions.ReadFiles));
}
