namespace SecurityToolchain.Analyzers.Rules.Injection.PathChecks;

/// <summary>How a text became a path.</summary>
internal enum PathOrigin
{
    /// <summary>It is no path, or nothing tells.</summary>
    Other,

    /// <summary>It was put together from parts.</summary>
    Combined,

    /// <summary>It was made canonical.</summary>
    Canonical,
}
