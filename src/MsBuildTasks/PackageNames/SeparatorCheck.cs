using SecurityToolchain.MsBuildTasks.Gate;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>A well-known id with separators moved, changed, added or left out.</summary>
internal sealed class SeparatorCheck : INameCheck
{
    private const int MinLength = 5;

    /// <inheritdoc/>
    public NameSignal? Check(PackageName name, PopularPackages popular) =>
        name.Joined.Length >= MinLength && popular.FindByJoined(name) is { } target
            ? new NameSignal(GateRules.TyposquatId, $"it is '{target.Id}' with other separators", target.Id)
            : null;
}
