namespace SecurityToolchain.Scanning.FileTypes;

/// <summary>What a format is for; decides which formats may share an extension and which are dangerous under a false name.</summary>
public enum FileCategory
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>Text in some encoding.</summary>
    Text,

    /// <summary>Text that an interpreter runs.</summary>
    Script,

    /// <summary>A program or library.</summary>
    Executable,

    /// <summary>An archive or a compressed file.</summary>
    Archive,

    /// <summary>A document.</summary>
    Document,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>A typeface.</summary>
    Font,

    /// <summary>A database or another structured store.</summary>
    Data,

    /// <summary>Keys, certificates and signatures.</summary>
    Cryptographic,

    /// <summary>A disk, memory or file system image.</summary>
    DiskImage,
}
