using System.Collections.Immutable;

namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>
/// Compares package ids with the well-known ones. A name proposes and cannot prove: a well-known id always passes, and a policy can allow
/// any other. Thread safe.
/// </summary>
public sealed class PackageNameChecker
{
    // From the signal that needs no list to the weakest; the first one counts.
    private static readonly ImmutableArray<INameCheck> Checks =
    [
        new MixedScriptCheck(), new LookAlikeCheck(), new SeparatorCheck(), new NearMissCheck(), new WordOrderCheck(), new AffixCheck(),
    ];

    private static readonly Lazy<PackageNameChecker> SharedChecker = new(static () => new PackageNameChecker(PopularPackages.Load()));

    private readonly PopularPackages _popular;

    internal PackageNameChecker(PopularPackages popular) => _popular = popular;

    /// <summary>The checker with the embedded list.</summary>
    public static PackageNameChecker Default => SharedChecker.Value;

    internal PopularPackages Popular => _popular;

    /// <summary>Checks an id.</summary>
    /// <param name="id">The package id.</param>
    /// <returns>The strongest signal, or null.</returns>
    public NameSignal? Check(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _popular.Contains(id) ? null : CheckUnknown(id);
    }

    /// <summary>Checks an id as if it were not in the list: how the rate of false positives is measured.</summary>
    internal NameSignal? CheckUnknown(string id)
    {
        var name = new PackageName(id);
        foreach (INameCheck check in Checks)
        {
            if (check.Check(name, _popular) is { } signal)
                return signal;
        }

        return null;
    }
}
