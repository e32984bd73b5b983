namespace SecurityToolchain.Analyzers.Rules.Injection.PathChecks;

/// <summary>Why a path check does not hold.</summary>
internal enum PathFlaw
{
    /// <summary>The folder that the path must start with has no separator at its end.</summary>
    NoSeparator,

    /// <summary>The checked path is not canonical.</summary>
    NotCanonical,

    /// <summary>Only dots are looked for, and the path may be absolute.</summary>
    Absolute,

    /// <summary>The text is decoded after the check.</summary>
    DecodedLater,

    /// <summary>The comparison depends on the culture.</summary>
    CultureSensitive,
}
