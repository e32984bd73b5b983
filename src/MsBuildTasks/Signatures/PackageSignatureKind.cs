namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>Who made the primary signature of a package.</summary>
public enum PackageSignatureKind
{
    /// <summary>The signature does not say.</summary>
    Unknown = 0,

    /// <summary>The author; the repository usually countersigns.</summary>
    Author = 1,

    /// <summary>The repository that the package was published on.</summary>
    Repository = 2,
}
