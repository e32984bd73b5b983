namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>What an operation does to the path, as far as a race matters.</summary>
internal enum UseKind
{
    /// <summary>Opens what is there; fails when nothing is.</summary>
    Open,

    /// <summary>Creates, truncates, overwrites or appends; succeeds whether or not something is there.</summary>
    Write,

    /// <summary>Creates and fails when something is there (<c>FileMode.CreateNew</c>): there is no race.</summary>
    CreateNew,

    /// <summary>Deletes a file or a directory.</summary>
    Delete,

    /// <summary>Reads the path as the source of a copy or move; fails when nothing is there.</summary>
    Source,

    /// <summary>Writes the path as the target of a copy or move; fails when something is there.</summary>
    Target,

    /// <summary>Creates a directory; succeeds when it is there already.</summary>
    CreateDirectory,

    /// <summary>Changes mode, owner, attributes or access list.</summary>
    Permissions,
}
