namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>One row of the section table.</summary>
/// <param name="Name">The name, at most eight characters.</param>
/// <param name="VirtualAddress">The address relative to the image base.</param>
/// <param name="VirtualSize">The size in memory in bytes.</param>
/// <param name="RawOffset">The offset in the file.</param>
/// <param name="RawSize">The size in the file in bytes.</param>
/// <param name="Characteristics">The flags.</param>
public readonly record struct PeSection(string Name, uint VirtualAddress, uint VirtualSize, uint RawOffset, uint RawSize, uint Characteristics)
{
    /// <summary>Whether the section is mapped executable.</summary>
    public bool IsExecutable => (Characteristics & 0x20000000) != 0;

    /// <summary>Whether the section is mapped writable.</summary>
    public bool IsWritable => (Characteristics & 0x80000000) != 0;
}
