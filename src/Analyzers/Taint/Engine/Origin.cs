namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Where a fact about a value begins: a source in the program, or an input of the method that is being analysed.</summary>
internal abstract class Origin
{
    /// <summary>Whether the origin is one text, number or buffer, not an object with members of their own.</summary>
    public bool IsAtomic { get; init; }
}
