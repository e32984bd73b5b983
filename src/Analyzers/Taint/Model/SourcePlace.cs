namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>Where the value of a <see cref="Source"/> appears.</summary>
internal enum SourcePlace
{
    /// <summary>As the value of the call, property, field or creation.</summary>
    Result,

    /// <summary>In an argument, after the call.</summary>
    Argument,

    /// <summary>In a parameter of a method of the analysed code that overrides or implements the row's member.</summary>
    ImplementedParameter,

    /// <summary>In the parameters of a delegate that is passed to the row's parameter.</summary>
    DelegateParameters,
}
