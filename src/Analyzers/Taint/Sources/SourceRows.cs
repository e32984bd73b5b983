using System.Collections.Generic;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sources;

/// <summary>Several rows about one type that differ in the member only.</summary>
internal static class SourceRows
{
    /// <summary>Properties of a type and of what derives from it.</summary>
    public static IEnumerable<Source> Properties(SourceKinds kinds, string type, string? describe, params string[] properties)
    {
        foreach (string property in properties)
            yield return Source.Property(kinds, type, property, includeImplementations: true, describe: describe);
    }

    /// <summary>Results of methods of a type and of what overrides them.</summary>
    public static IEnumerable<Source> Results(SourceKinds kinds, string type, string? describe, params string[] methods)
    {
        foreach (string method in methods)
            yield return Source.ReturnValue(kinds, type, method, includeImplementations: true, describe: describe);
    }

    /// <summary>Buffers that methods of a type fill.</summary>
    public static IEnumerable<Source> Buffers(SourceKinds kinds, string type, string parameter, string? describe, params string[] methods)
    {
        foreach (string method in methods)
            yield return Source.Argument(kinds, type, method, parameter, includeImplementations: true, describe: describe);
    }
}
