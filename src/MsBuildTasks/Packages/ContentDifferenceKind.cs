namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>How an extracted file differs from the archive.</summary>
public enum ContentDifferenceKind
{
    /// <summary>The bytes differ.</summary>
    Changed = 0,

    /// <summary>The archive has the file, the folder does not.</summary>
    Missing = 1,

    /// <summary>The folder has the file, the archive does not.</summary>
    Added = 2,

    /// <summary>The folder has a link where NuGet writes plain files only.</summary>
    Link = 3,
}
