using System;
using System.Collections.Generic;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sinks;

/// <summary>Several rows about one type that differ in the member only.</summary>
internal static class SinkRows
{
    /// <summary>One parameter of several methods of a type and of what overrides them.</summary>
    public static IEnumerable<Sink> Parameters(SinkKinds kinds, string type, string parameter, params string[] methods) => Parameters(kinds, type, parameter, null, methods);

    /// <summary>One parameter of several methods, where a condition holds.</summary>
    public static IEnumerable<Sink> Parameters(SinkKinds kinds, string type, string parameter, Func<SinkSite, bool>? when, string[] methods)
    {
        foreach (string method in methods)
            yield return Sink.Parameter(kinds, type, method, parameter, includeImplementations: true, when: when);
    }

    /// <summary>Properties that are assigned.</summary>
    public static IEnumerable<Sink> Properties(SinkKinds kinds, string type, params string[] properties)
    {
        foreach (string property in properties)
            yield return Sink.Property(kinds, type, property, includeImplementations: true);
    }

    /// <summary>Parameters of constructors, derived types included.</summary>
    public static IEnumerable<Sink> Constructors(SinkKinds kinds, string type, params string[] parameters)
    {
        foreach (string parameter in parameters)
            yield return Sink.ConstructorParameter(kinds, type, parameter, includeImplementations: true);
    }
}
