using Microsoft.AspNetCore.Authorization;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>Decides about <see cref="PermissionRequirement"/>.</summary>
internal sealed class PermissionHandler(PermissionEvaluator evaluator) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (evaluator.IsGranted(context.User, requirement.Permission))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
