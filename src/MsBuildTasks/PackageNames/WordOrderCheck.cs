using SecurityToolchain.MsBuildTasks.Gate;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>The words of a well-known id in another order.</summary>
internal sealed class WordOrderCheck : INameCheck
{
    /// <inheritdoc/>
    public NameSignal? Check(PackageName name, PopularPackages popular) =>
        name.WordKey.Contains('.', StringComparison.Ordinal) && popular.FindByWords(name) is { } target && target.Joined != name.Joined
            ? new NameSignal(GateRules.TyposquatId, $"it has the words of '{target.Id}' in another order", target.Id)
            : null;
}
