using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>
/// Enforces <see cref="RequirePermissionAttribute"/> wherever it stands on an endpoint. The attribute lives in a library without ASP.NET
/// Core, so the framework would take it for a comment; here it refuses under every policy, the fallback policy included.
/// </summary>
internal sealed class DeclaredPermissionsHandler(PermissionEvaluator evaluator) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        Endpoint? endpoint = context.Resource switch
        {
            HttpContext http => http.GetEndpoint(),
            Endpoint direct => direct,
            _ => null,
        };
        foreach (RequirePermissionAttribute declared in endpoint?.Metadata.GetOrderedMetadata<RequirePermissionAttribute>() ?? [])
        {
            if (!evaluator.IsGranted(context.User, declared.Permission))
            {
                context.Fail(new AuthorizationFailureReason(this, "A declared permission is missing."));
                break;
            }
        }

        return Task.CompletedTask;
    }
}
