namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>One entry of a central directory.</summary>
internal readonly record struct ZipDirectoryEntry
{
    /// <summary>Where the header starts, relative to the central directory.</summary>
    public required int HeaderPosition { get; init; }

    /// <summary>The length of the header with name, extra field and comment.</summary>
    public required int HeaderLength { get; init; }

    /// <summary>Where the local header starts in the file.</summary>
    public required long LocalOffset { get; init; }

    /// <summary>The general purpose bit flags.</summary>
    public required ushort Flags { get; init; }

    /// <summary>The compression method: 0 is stored, 8 is deflate.</summary>
    public required ushort Method { get; init; }

    /// <summary>The size of the data in the file, in bytes.</summary>
    public required long CompressedSize { get; init; }

    /// <summary>The size of the data once inflated, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The name as written.</summary>
    public required string Name { get; init; }
}
