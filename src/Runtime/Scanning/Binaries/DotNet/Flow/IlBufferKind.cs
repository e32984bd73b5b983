namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>What a buffer holds.</summary>
internal enum IlBufferKind
{
    /// <summary>Zeros: it was made and not written to.</summary>
    Zeros,

    /// <summary>Bytes that stand in the program.</summary>
    Literal,

    /// <summary>Something else, for example the parts of a text.</summary>
    Other,
}
