namespace SecurityToolchain.Scanning.Inputs;

/// <summary>What an open descriptor refers to.</summary>
internal enum UnixFileKind
{
    Other,
    Regular,
    Directory,
    KernelFileSystem,
}
