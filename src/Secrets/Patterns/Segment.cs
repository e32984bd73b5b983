namespace SecurityToolchain.Secrets.Patterns;

/// <summary>A part of a token: fixed text, or a run of characters of one alphabet.</summary>
/// <param name="Literal">The fixed text, or null for a run.</param>
/// <param name="Alphabet">The alphabet of a run, or null for fixed text.</param>
/// <param name="Minimum">The least length in characters.</param>
/// <param name="Maximum">The greatest length in characters.</param>
internal readonly record struct Segment(string? Literal, Alphabet? Alphabet, int Minimum, int Maximum)
{
    /// <summary>Whether the length is the same in every token.</summary>
    public bool IsFixedLength => Minimum == Maximum;

    /// <summary>Fixed text.</summary>
    public static Segment Text(string literal) => new(literal, null, literal.Length, literal.Length);

    /// <summary>A run of a fixed length.</summary>
    public static Segment Run(Alphabet alphabet, int length) => new(null, alphabet, length, length);

    /// <summary>A run whose length varies.</summary>
    public static Segment Run(Alphabet alphabet, int minimum, int maximum) => new(null, alphabet, minimum, maximum);
}
