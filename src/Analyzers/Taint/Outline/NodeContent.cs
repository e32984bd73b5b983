namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>What values of a node's type can carry.</summary>
internal enum NodeContent
{
    /// <summary>Text, bytes, containers of these: every kind.</summary>
    Everything,

    /// <summary>Numbers: only the kinds that numbers carry.</summary>
    Numbers,

    /// <summary>Objects of the analysed code: what a whole object carries that a framework filled, not what its members hold.</summary>
    Objects,

    /// <summary>Nothing: tokens of cancellation, loggers, comparers.</summary>
    Nothing,
}
