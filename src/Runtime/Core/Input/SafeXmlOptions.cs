namespace SecurityToolchain.Runtime.Input;

/// <summary>Limits for XML. Checked when a reader is made.</summary>
public sealed class SafeXmlOptions
{
    /// <summary>Longest document, in characters: 1 to 1,073,741,824. Default 10,485,760 (10 Mi).</summary>
    public long MaxCharacters { get; init; } = 10 * 1024 * 1024;

    /// <summary>Deepest nesting of elements: 1 to 10,000. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    internal void Validate()
    {
        if (MaxCharacters is < 1 or > 1L << 30)
            throw Error.OutOfRange(nameof(MaxCharacters), "The longest document in characters", 1, 1L << 30, MaxCharacters);
        if (MaxDepth is < 1 or > 10_000)
            throw Error.OutOfRange(nameof(MaxDepth), "The deepest nesting", 1, 10_000, MaxDepth);
    }
}
