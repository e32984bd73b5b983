namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>Where a value goes into a <see cref="Sink"/>.</summary>
internal enum SinkPlace
{
    /// <summary>As an argument.</summary>
    Parameter,

    /// <summary>As the value of an assignment to a property, field or indexer.</summary>
    AssignedValue,

    /// <summary>As the object that the method is called on.</summary>
    Receiver,

    /// <summary>As the result of a method of the analysed code that overrides or implements the row's member.</summary>
    ImplementedResult,
}
