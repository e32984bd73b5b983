using System;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>A member that does something with a value.</summary>
/// <example><code>
/// Sink.Property(SinkKinds.Sql, "System.Data.IDbCommand", "CommandText", includeImplementations: true)
/// Sink.Parameter(SinkKinds.Sql, "Dapper.SqlMapper", "QueryAsync", "sql")
/// Sink.Parameter(SinkKinds.Html, "Microsoft.AspNetCore.Http.Results", "Content", "content", when: site => site.TryGetConstant("contentType", out object? type) &amp;&amp; ...)
/// </code></example>
internal sealed class Sink : ModelRow
{
    private Sink(SinkKinds kinds, SinkPlace place, string typeName, string memberName, string? parameter, bool includeImplementations, Func<SinkSite, bool>? when)
        : base(typeName, memberName, includeImplementations)
    {
        Kinds = kinds;
        Place = place;
        ParameterName = parameter;
        Condition = when;
    }

    /// <summary>What happens with the value.</summary>
    public SinkKinds Kinds { get; }

    /// <summary>Where the value goes in.</summary>
    public SinkPlace Place { get; }

    /// <summary>The parameter; null takes every parameter.</summary>
    public string? ParameterName { get; }

    private protected override string? ParameterNameOfRow => ParameterName;

    /// <summary>Asked at each use, with the other arguments at hand; null holds always. Must not have side effects.</summary>
    public Func<SinkSite, bool>? Condition { get; }

    /// <summary>
    /// Whether the condition also rules out uses before any value is known. It asks for the code and for constant text only, and is cheap.
    /// </summary>
    public bool IsAskedEarly { get; private init; }

    /// <summary>The row with a condition that is also asked before any value is known.</summary>
    public Sink Early() => new(Kinds, Place, TypeName, MemberName, ParameterName, IncludeImplementations, Condition) { Filter = Filter, IsAskedEarly = true };

    /// <summary>A parameter of a method. <c>params</c> and collection parameters take the elements too.</summary>
    public static Sink Parameter(
        SinkKinds kinds, string type, string method, string parameter, bool includeImplementations = false, Func<SinkSite, bool>? when = null, Func<ISymbol, bool>? filter = null) =>
        new(kinds, SinkPlace.Parameter, type, method, parameter, includeImplementations, when) { Filter = filter };

    /// <summary>Every parameter of a method.</summary>
    public static Sink EveryParameter(
        SinkKinds kinds, string type, string method, bool includeImplementations = false, Func<SinkSite, bool>? when = null, Func<ISymbol, bool>? filter = null) =>
        new(kinds, SinkPlace.Parameter, type, method, null, includeImplementations, when) { Filter = filter };

    /// <summary>A parameter of a constructor; with <paramref name="includeImplementations"/> of derived types' constructors with a parameter of the same name.</summary>
    public static Sink ConstructorParameter(
        SinkKinds kinds, string type, string parameter, bool includeImplementations = false, Func<SinkSite, bool>? when = null, Func<ISymbol, bool>? filter = null) =>
        new(kinds, SinkPlace.Parameter, type, Constructor, parameter, includeImplementations, when) { Filter = filter };

    /// <summary>A property or field that is assigned, also in an object initialiser or a <c>with</c> expression.</summary>
    public static Sink Property(SinkKinds kinds, string type, string property, bool includeImplementations = false, Func<SinkSite, bool>? when = null) =>
        new(kinds, SinkPlace.AssignedValue, type, property, null, includeImplementations, when);

    /// <summary>The value that is assigned through an indexer.</summary>
    public static Sink IndexerValue(SinkKinds kinds, string type, bool includeImplementations = false, Func<SinkSite, bool>? when = null) =>
        new(kinds, SinkPlace.AssignedValue, type, Indexer, null, includeImplementations, when);

    /// <summary>The key of an indexer, read or written.</summary>
    public static Sink IndexerKey(SinkKinds kinds, string type, string parameter, bool includeImplementations = false, Func<SinkSite, bool>? when = null) =>
        new(kinds, SinkPlace.Parameter, type, Indexer, parameter, includeImplementations, when);

    /// <summary>The object that a method is called on, for example the format text of an extension method written as a receiver.</summary>
    public static Sink Receiver(SinkKinds kinds, string type, string method, bool includeImplementations = false, Func<SinkSite, bool>? when = null) =>
        new(kinds, SinkPlace.Receiver, type, method, null, includeImplementations, when);

    /// <summary>The value that an overriding or implementing method of the analysed code returns.</summary>
    public static Sink ImplementedResult(SinkKinds kinds, string type, string method) =>
        new(kinds, SinkPlace.ImplementedResult, type, method, null, true, null);
}
