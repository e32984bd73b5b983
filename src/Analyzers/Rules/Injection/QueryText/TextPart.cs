namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Which text of a value is asked for.</summary>
internal enum TextPart
{
    /// <summary>The text itself, or the elements of a collection, or keys and values of a dictionary.</summary>
    Whole,

    /// <summary>Only the keys of a dictionary.</summary>
    Keys,

    /// <summary>Only the values of a dictionary.</summary>
    Values,
}
