using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.Binaries.PortableExecutable;

/// <summary>What the headers of a PE file say. Made by <see cref="PeParser"/>; every offset and size in it was checked.</summary>
public sealed record PeImage
{
    /// <summary>The processor.</summary>
    public ushort Machine { get; init; }

    /// <summary>The flags of the file header.</summary>
    public ushort Characteristics { get; init; }

    /// <summary>The time stamp, or part of a digest in deterministic files.</summary>
    public uint TimeDateStamp { get; init; }

    /// <summary>Whether the image is PE32+.</summary>
    public bool Is64Bit { get; init; }

    /// <summary>The address of the first instruction, relative to the image base.</summary>
    public uint EntryPoint { get; init; }

    /// <summary>The preferred address.</summary>
    public ulong ImageBase { get; init; }

    /// <summary>The subsystem.</summary>
    public ushort Subsystem { get; init; }

    /// <summary>The flags of the optional header: 0x20 high entropy, 0x40 dynamic base, 0x100 NX, 0x400 no SEH, 0x4000 guard CF.</summary>
    public ushort DllCharacteristics { get; init; }

    /// <summary>The stored checksum.</summary>
    public uint CheckSum { get; init; }

    /// <summary>The file offset of the checksum field.</summary>
    public long CheckSumOffset { get; init; }

    /// <summary>The file offset of the data directories.</summary>
    public long DirectoriesOffset { get; init; }

    /// <summary>Address and size of each data directory.</summary>
    public ImmutableArray<(uint Address, uint Size)> Directories { get; init; } = [];

    /// <summary>The sections.</summary>
    public ImmutableArray<PeSection> Sections { get; init; } = [];

    /// <summary>Imported libraries, delayed ones last.</summary>
    public ImmutableArray<PeImport> Imports { get; init; } = [];

    /// <summary>Names of exported functions.</summary>
    public ImmutableArray<string> Exports { get; init; } = [];

    /// <summary>The number of resources, and of those that are executables.</summary>
    public int ResourceCount { get; init; }

    /// <summary>The number of TLS callbacks.</summary>
    public int TlsCallbacks { get; init; }

    /// <summary>The path of the symbol file as the linker stored it, or null.</summary>
    public string? SymbolPath { get; init; }

    /// <summary>Whether the debug directory says that the file was built deterministically.</summary>
    public bool IsDeterministic { get; init; }

    /// <summary>Whether the debug directory declares CET compatibility.</summary>
    public bool IsShadowStackCompatible { get; init; }

    /// <summary>Whether the load configuration has a stack cookie.</summary>
    public bool HasStackCookie { get; init; }

    /// <summary>The number of structured exception handlers, -1 when there is no table.</summary>
    public long SafeHandlerCount { get; init; } = -1;

    /// <summary>The offset of data behind the last section, or -1; the certificate table is not counted.</summary>
    public long OverlayOffset { get; init; } = -1;

    /// <summary>The size of the overlay in bytes.</summary>
    public long OverlaySize { get; init; }

    /// <summary>MD5 of the decoded rich header, or null.</summary>
    public string? RichHash { get; init; }

    /// <summary>The import hash, or null without imports.</summary>
    public string? ImportHash { get; init; }

    /// <summary>Whether the image has a CLR header.</summary>
    public bool IsManaged => Directories.Length > 14 && Directories[14].Address != 0;

    /// <summary>What contradicts itself.</summary>
    public ImmutableArray<string> Anomalies { get; init; } = [];

    /// <summary>The file offset of an address, or -1.</summary>
    /// <param name="address">The address relative to the image base.</param>
    public long ToOffset(uint address)
    {
        foreach (PeSection section in Sections)
        {
            if (address >= section.VirtualAddress && address - section.VirtualAddress < section.RawSize)
                return (long)section.RawOffset + (address - section.VirtualAddress);
        }

        // The headers are mapped at the image base.
        uint first = Sections.IsEmpty ? uint.MaxValue : Sections.Min(static s => s.VirtualAddress);
        return address < first && address < 0x1000 ? address : -1;
    }
}
