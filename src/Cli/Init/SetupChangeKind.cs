namespace SecurityToolchain.Cli.Init;

/// <summary>What happens to a file.</summary>
internal enum SetupChangeKind
{
    /// <summary>Nothing: it is as it should be.</summary>
    None = 0,

    /// <summary>It is made.</summary>
    Create = 1,

    /// <summary>Lines in it change.</summary>
    Update = 2,

    /// <summary>It goes, because nothing of it is left.</summary>
    Delete = 3,
}
