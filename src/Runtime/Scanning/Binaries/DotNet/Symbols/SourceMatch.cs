namespace SecurityToolchain.Scanning.Binaries.DotNet.Symbols;

/// <summary>How a file of a working tree compares with the one that a program was compiled from.</summary>
public enum SourceMatch
{
    /// <summary>The working tree has no such file.</summary>
    Missing,

    /// <summary>The bytes are the same.</summary>
    Same,

    /// <summary>The bytes are the same with the other kind of line ends.</summary>
    SameButLineEnds,

    /// <summary>The content is another one.</summary>
    Different,

    /// <summary>The symbols have no hash for the file, or one of an algorithm that proves nothing.</summary>
    NotComparable,
}
