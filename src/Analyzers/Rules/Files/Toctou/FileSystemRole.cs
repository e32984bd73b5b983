namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>What a type is to the file system; its members are read accordingly.</summary>
internal enum FileSystemRole
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Static-like operations on file paths.</summary>
    File,

    /// <summary>Static-like operations on directory paths.</summary>
    Directory,

    /// <summary>Path arithmetic and <c>Path.Exists</c>.</summary>
    Path,

    /// <summary>A file by its path.</summary>
    FileInfo,

    /// <summary>A directory by its path.</summary>
    DirectoryInfo,

    /// <summary>A file or a directory by its path.</summary>
    AnyInfo,

    /// <summary>Extension methods on <see cref="AnyInfo"/>.</summary>
    InfoExtensions,

    /// <summary>An abstraction that says file or directory in its member names: <c>FileExists</c>, <c>DeleteFile</c>.</summary>
    FileSystem,

    /// <summary>A stream over a path with a <c>FileMode</c>.</summary>
    FileStream,

    /// <summary>A reader with a constructor that opens a path.</summary>
    Reader,

    /// <summary>A writer with a constructor that creates a path.</summary>
    Writer,

    /// <summary>Archive files.</summary>
    Archive,

    /// <summary>Mapped files.</summary>
    MappedFile,

    /// <summary>XML documents that load and save paths.</summary>
    Document,

    /// <summary>Loads code or a certificate from a path.</summary>
    Loader,
}
