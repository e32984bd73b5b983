using System;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>A method that checks a value: on one branch the value is harmless for some sinks.</summary>
/// <example><code>
/// Validator.Parameter(SinkKinds.Redirect, "Microsoft.AspNetCore.Mvc.IUrlHelper", "IsLocalUrl", "url", ValidWhen.True, includeImplementations: true)
/// </code></example>
internal sealed class Validator : ModelRow
{
    private Validator(SinkKinds clears, string typeName, string memberName, string? parameter, ValidWhen validWhen, bool includeImplementations)
        : base(typeName, memberName, includeImplementations)
    {
        Clears = clears;
        ParameterName = parameter;
        ValidWhen = validWhen;
    }

    /// <summary>The sinks for which the value is harmless where the check held.</summary>
    public SinkKinds Clears { get; }

    /// <summary>The parameter that is checked; null is the object which the method is called on.</summary>
    public string? ParameterName { get; }

    private protected override string? ParameterNameOfRow => ParameterName;

    /// <summary>The outcome that means valid.</summary>
    public ValidWhen ValidWhen { get; }

    /// <summary>Asked at each call with what the engine knows about constants; null holds always.</summary>
    public Func<SinkSite, bool>? Condition { get; init; }

    /// <summary>A check of an argument.</summary>
    public static Validator Parameter(
        SinkKinds clears, string type, string method, string parameter, ValidWhen validWhen, bool includeImplementations = false, Func<SinkSite, bool>? when = null,
        Func<ISymbol, bool>? filter = null) =>
        new(clears, type, method, parameter, validWhen, includeImplementations) { Condition = when, Filter = filter };

    /// <summary>A check of the object that the method is called on.</summary>
    public static Validator Receiver(
        SinkKinds clears, string type, string method, ValidWhen validWhen, bool includeImplementations = false, Func<SinkSite, bool>? when = null, Func<ISymbol, bool>? filter = null) =>
        new(clears, type, method, null, validWhen, includeImplementations) { Condition = when, Filter = filter };
}
