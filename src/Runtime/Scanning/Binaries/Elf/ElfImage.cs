using System.Collections.Immutable;

namespace SecurityToolchain.Scanning.Binaries.Elf;

/// <summary>What the headers and the dynamic section of an ELF file say. Made by <see cref="ElfParser"/>.</summary>
public sealed record ElfImage
{
    /// <summary>Whether the file is ELF64.</summary>
    public bool Is64Bit { get; init; }

    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>The type: 1 object, 2 executable, 3 shared object or position-independent executable, 4 core.</summary>
    public ushort Type { get; init; }

    /// <summary>The processor.</summary>
    public ushort Machine { get; init; }

    /// <summary>Type and flags (1 execute, 2 write, 4 read) of each segment.</summary>
    public ImmutableArray<(uint Type, uint Flags)> Segments { get; init; } = [];

    /// <summary>Name and flags (1 write, 2 allocate, 4 execute) of each section.</summary>
    public ImmutableArray<(string Name, ulong Flags)> Sections { get; init; } = [];

    /// <summary>The program interpreter, or null.</summary>
    public string? Interpreter { get; init; }

    /// <summary>Needed libraries.</summary>
    public ImmutableArray<string> Needed { get; init; } = [];

    /// <summary>The name of the library, or null.</summary>
    public string? SharedObjectName { get; init; }

    /// <summary>RPATH and RUNPATH, joined by colons, or null.</summary>
    public string? RunPath { get; init; }

    /// <summary>Whether all functions are bound when the program starts.</summary>
    public bool IsBoundNow { get; init; }

    /// <summary>Whether the dynamic flags say that this is a position-independent executable.</summary>
    public bool IsPositionIndependentExecutable { get; init; }

    /// <summary>Names of dynamic symbols.</summary>
    public ImmutableArray<string> DynamicSymbols { get; init; } = [];

    /// <summary>The build id in hexadecimal digits, or null.</summary>
    public string? BuildId { get; init; }

    /// <summary>Whether the notes declare a shadow stack (x86) or branch protection (ARM).</summary>
    public bool HasShadowStackNote { get; init; }

    /// <summary>Whether there is a symbol table beside the dynamic one.</summary>
    public bool HasSymbolTable { get; init; }

    /// <summary>What contradicts itself.</summary>
    public ImmutableArray<string> Anomalies { get; init; } = [];
}
