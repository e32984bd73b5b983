using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Which collection methods hand the receiver's elements to a lambda, or give them back.</summary>
internal static class LinqMethods
{
    private static readonly HashSet<string> s_project = new(StringComparer.Ordinal) { "Select", "SelectMany", "ConvertAll", "Aggregate", "Zip", "ToDictionary", "GroupBy", "ToLookup" };

    private static readonly HashSet<string> s_keep = new(StringComparer.Ordinal)
    {
        "Where", "Distinct", "DistinctBy", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "OrderDescending", "Skip", "SkipLast", "SkipWhile", "Take", "TakeLast",
        "TakeWhile", "Reverse", "ToArray", "ToList", "ToHashSet", "ToImmutableArray", "ToImmutableList", "ToImmutableHashSet", "ToFrozenSet", "ToFrozenDictionary", "AsEnumerable", "AsQueryable",
        "AsReadOnly", "Cast", "OfType", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault", "ElementAt", "ElementAtOrDefault", "Append", "Prepend", "Concat", "Union",
        "Except", "Intersect", "DefaultIfEmpty", "Max", "Min", "MaxBy", "MinBy", "Chunk", "AsSpan", "AsMemory", "Find", "FindAll", "FindLast", "Pop", "Peek", "Dequeue", "Find", "GetRange",
        "ToImmutableDictionary", "ToQueue", "GetEnumerator", "ToBlockingEnumerable", "AsParallel", "ExceptBy", "UnionBy", "IntersectBy",
    };

    /// <summary>Whether the method hands elements of its receiver to its lambda arguments.</summary>
    public static bool PassElements(IMethodSymbol method) =>
        s_project.Contains(method.Name) || s_keep.Contains(method.Name) || method.Name is "ForEach" or "Any" or "All" or "Exists" or "TrueForAll" or "Count" or "RemoveAll";

    /// <summary>Whether the result's elements are what the lambda returns.</summary>
    public static bool Projects(IMethodSymbol method) => s_project.Contains(method.Name) && IsSequence(method);

    /// <summary>Whether the result is, or holds, elements of the receiver and of further sequences.</summary>
    public static bool Keeps(IMethodSymbol method) => s_keep.Contains(method.Name) && IsSequence(method);

    private static bool IsSequence(IMethodSymbol method)
    {
        INamespaceSymbol? space = method.ContainingNamespace;
        string type = method.ContainingType?.Name ?? string.Empty;
        return space is { Name: "Linq" or "Generic" or "Immutable" or "Concurrent" or "Collections" or "Frozen" or "System" or "ObjectModel" } && type != "String";
    }
}
