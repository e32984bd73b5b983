namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>
/// An array or a builder that a method made itself. Every value that names it shares this object, so what happens to it after it was given
/// to a sink still counts.
/// </summary>
internal sealed class IlBuffer(IlBufferKind kind)
{
    /// <summary>What is in it.</summary>
    public IlBufferKind Kind { get; set; } = kind;

    /// <summary>Whether somebody else may have written to it.</summary>
    public bool HasEscaped { get; set; }

    /// <summary>Whether it holds text that may come from elsewhere.</summary>
    public bool HasVariable { get; set; }

    /// <summary>Whether it holds output of a generator that is not meant for security.</summary>
    public bool HasWeakRandom { get; set; }
}
