namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What a step of a trace is.</summary>
internal enum TraceKind
{
    /// <summary>Through a library member.</summary>
    Through,

    /// <summary>As an argument of a method of the analysed code.</summary>
    Argument,

    /// <summary>Back from a method of the analysed code.</summary>
    Returned,

    /// <summary>Stored in a field, property or element.</summary>
    Stored,

    /// <summary>Assigned to a local variable.</summary>
    Assigned,
}
