using System.Collections.Immutable;

namespace SecurityToolchain.MsBuildTasks.Policy;

/// <summary>Who has to own packages: one of the owners must be in the repository signature.</summary>
/// <param name="Packages">The packages.</param>
/// <param name="Owners">The owners' account names, compared without case.</param>
/// <param name="Line">The 1-based line of the entry.</param>
public sealed record OwnerRule(PackagePattern Packages, ImmutableArray<string> Owners, int Line);
