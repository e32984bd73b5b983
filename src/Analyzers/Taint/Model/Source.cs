using System;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>A member whose value comes from a source.</summary>
/// <example><code>
/// Source.Property(SourceKinds.RequestValue, "Microsoft.AspNetCore.Http.HttpRequest", "Query", describe: "query string")
/// Source.ReturnValue(SourceKinds.WeakRandom, "System.Random", "Next", includeImplementations: true)
/// Source.Argument(SourceKinds.WeakRandom, "System.Random", "NextBytes", "buffer")
/// Source.DelegateParameters(SourceKinds.RequestValue, "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions", "MapGet", "handler")
/// </code></example>
internal sealed class Source : ModelRow
{
    private Source(SourceKinds kinds, SourcePlace place, string typeName, string memberName, string? parameter, bool includeImplementations, string? describe)
        : base(typeName, memberName, includeImplementations)
    {
        Kinds = kinds;
        Place = place;
        ParameterName = parameter;
        Description = describe;
    }

    /// <summary>The kinds that the value gets.</summary>
    public SourceKinds Kinds { get; }

    /// <summary>Where the value appears.</summary>
    public SourcePlace Place { get; }

    /// <summary>The parameter that the row speaks about, where <see cref="Place"/> needs one.</summary>
    public string? ParameterName { get; }

    private protected override string? ParameterNameOfRow => ParameterName;

    /// <summary>What a message calls the source, for example <c>query string</c>; null takes the expression itself.</summary>
    public string? Description { get; }

    /// <summary>For <see cref="SourcePlace.DelegateParameters"/> and entry points: which parameters count; null takes all.</summary>
    public Func<IParameterSymbol, bool>? ParameterFilter { get; init; }

    /// <summary>The value that a method returns (the awaited value of an asynchronous one).</summary>
    public static Source ReturnValue(SourceKinds kinds, string type, string method, bool includeImplementations = false, string? describe = null, Func<ISymbol, bool>? filter = null) =>
        new(kinds, SourcePlace.Result, type, method, null, includeImplementations, describe) { Filter = filter };

    /// <summary>The value of a property; its elements and members carry the kinds too.</summary>
    public static Source Property(SourceKinds kinds, string type, string property, bool includeImplementations = false, string? describe = null) =>
        new(kinds, SourcePlace.Result, type, property, null, includeImplementations, describe);

    /// <summary>The value that an indexer gives.</summary>
    public static Source IndexerValue(SourceKinds kinds, string type, bool includeImplementations = false, string? describe = null) =>
        new(kinds, SourcePlace.Result, type, Indexer, null, includeImplementations, describe);

    /// <summary>The value of a field.</summary>
    public static Source Field(SourceKinds kinds, string type, string field, string? describe = null) =>
        new(kinds, SourcePlace.Result, type, field, null, false, describe);

    /// <summary>An object that a constructor makes, for example <c>new Random()</c>.</summary>
    public static Source Construction(SourceKinds kinds, string type, string? describe = null, Func<ISymbol, bool>? filter = null) =>
        new(kinds, SourcePlace.Result, type, Constructor, null, false, describe) { Filter = filter };

    /// <summary>An argument whose content the method replaces: a buffer, an <c>out</c> parameter.</summary>
    public static Source Argument(SourceKinds kinds, string type, string method, string parameter, bool includeImplementations = false, string? describe = null) =>
        new(kinds, SourcePlace.Argument, type, method, parameter, includeImplementations, describe);

    /// <summary>A parameter of the overriding or implementing method in the analysed code, which a framework calls (a gRPC service, a consumer).</summary>
    /// <remarks>Null as <paramref name="parameter"/> takes every parameter.</remarks>
    public static Source ImplementedParameter(SourceKinds kinds, string type, string method, string? parameter, string? describe = null, Func<IParameterSymbol, bool>? filter = null) =>
        new(kinds, SourcePlace.ImplementedParameter, type, method, parameter, true, describe) { ParameterFilter = filter };

    /// <summary>Parameters of a delegate that is handed to a method, for example an endpoint's handler.</summary>
    public static Source DelegateParameters(SourceKinds kinds, string type, string method, string parameter, string? describe = null, Func<IParameterSymbol, bool>? filter = null) =>
        new(kinds, SourcePlace.DelegateParameters, type, method, parameter, false, describe) { ParameterFilter = filter };
}
