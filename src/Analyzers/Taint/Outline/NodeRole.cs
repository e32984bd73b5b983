namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>What a node of a <see cref="FlowOutline"/> says about its symbol.</summary>
internal enum NodeRole
{
    /// <summary>The value of a variable, field, property or event.</summary>
    Value,

    /// <summary>What a method returns.</summary>
    Result,

    /// <summary>The object that a method runs on.</summary>
    This,

    /// <summary>Whatever the members of any object of a class hold.</summary>
    Content,

    /// <summary>Thrown exceptions of a class.</summary>
    Thrown,
}
