namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>A package id with a version, compared as NuGet does: without case.</summary>
/// <param name="Id">The id.</param>
/// <param name="Version">The normalised version.</param>
public sealed record PackageIdentity(string Id, string Version)
{
    /// <inheritdoc/>
    public bool Equals(PackageIdentity? other) =>
        other is not null
        && string.Equals(Id, other.Id, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Id.GetHashCode(StringComparison.OrdinalIgnoreCase), Version.GetHashCode(StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Id + " " + Version;
}
