namespace SecurityToolchain.MsBuildTasks.PackageNames;

/// <summary>One way in which a package id can pretend to be another.</summary>
internal interface INameCheck
{
    /// <summary>Looks at an id that is not well known itself.</summary>
    /// <param name="name">The id.</param>
    /// <param name="popular">The well-known ids.</param>
    /// <returns>A signal, or null.</returns>
    NameSignal? Check(PackageName name, PopularPackages popular);
}
