namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Where a part of a query text comes from when it is not a constant.</summary>
internal enum TextOriginKind
{
    /// <summary>A parameter whose value every caller decides.</summary>
    Parameter,

    /// <summary>A value nothing is known about: a library call, a property of a library type, a bound member.</summary>
    Unknown,

    /// <summary>A value that is read from outside the program: console, environment, a request.</summary>
    Input,
}
