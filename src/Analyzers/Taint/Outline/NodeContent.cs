namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>What values of a node's type can carry.</summary>
internal enum NodeContent
{
    /// <summary>Text, bytes, containers of these: every kind.</summary>
    Everything,

    /// <summary>Numbers: only the kinds that numbers carry.</summary>
    Numbers,

    /// <summary>What an element gets from the index that selected it.</summary>
    Indexes,

    /// <summary>Objects of the analysed code: what a whole object carries that a framework filled, not what its members hold.</summary>
    Objects,

    /// <summary>
    /// Streams that methods hand to each other, and what libraries answer: what went in is not what comes out, so nothing of
    /// <see cref="SecurityToolchain.Analyzers.Taint.Model.SourceKinds.Guessable"/> passes.
    /// </summary>
    Answers,

    /// <summary>Nothing: tokens of cancellation, loggers, comparers.</summary>
    Nothing,
}
