namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>What is asked about a path before it is used.</summary>
internal enum CheckKind
{
    /// <summary>Whether a file is there.</summary>
    FileExists,

    /// <summary>Whether a directory is there.</summary>
    DirectoryExists,

    /// <summary>Length, or the read-only flag: an operation on another file than the one checked fails or is noticed.</summary>
    Property,

    /// <summary>Link target, attributes, mode or access list: an operation on another file than the one checked succeeds unnoticed.</summary>
    Trust,
}
