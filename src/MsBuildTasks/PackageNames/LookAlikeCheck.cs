using SecurityToolchain.MsBuildTasks.Gate;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>Ids that the eye cannot tell from a well-known one: 0 for O, l for I, rn for m, letters of another script.</summary>
internal sealed class LookAlikeCheck : INameCheck
{
    /// <inheritdoc/>
    public NameSignal? Check(PackageName name, PopularPackages popular)
    {
        // A well-known id with '-' for '.' has the same skeleton and is the separator check's.
        return popular.FindBySkeleton(name) is { } target && target.Joined != name.Joined
            ? new NameSignal(GateRules.LookAlikeId, $"it looks like '{target.Id}'", target.Id)
            : null;
    }
}
