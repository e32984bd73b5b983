namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>The outcome of a <see cref="Validator"/> that means valid.</summary>
internal enum ValidWhen
{
    /// <summary>The method returns true.</summary>
    True,

    /// <summary>The method returns false.</summary>
    False,

    /// <summary>The method returns at all; it throws for an invalid value.</summary>
    Returns,
}
