namespace SecurityToolchain.Scanning.Archives;

/// <summary>One record of a zip's central directory.</summary>
internal readonly record struct ZipEntryRecord
{
    public required string Name { get; init; }

    public required ushort Flags { get; init; }

    public required ushort Method { get; init; }

    public required uint Checksum { get; init; }

    public required long CompressedLength { get; init; }

    public required long Length { get; init; }

    /// <summary>The offset of the local header from the start of the file.</summary>
    public required long HeaderOffset { get; init; }

    public required uint ExternalAttributes { get; init; }

    public required byte HostSystem { get; init; }

    public bool IsEncrypted => (Flags & 1) != 0;

    public bool HasDataDescriptor => (Flags & 8) != 0;

    public bool IsDirectory => Name.EndsWith('/');

    /// <summary>The file type of Unix in the high half of the attributes; 0 when the archive was made elsewhere.</summary>
    public int UnixMode => HostSystem == 3 ? (int)(ExternalAttributes >> 16) : 0;
}
