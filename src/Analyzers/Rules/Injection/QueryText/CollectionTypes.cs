using System.Linq;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Library types that hold what was put in, and nothing else.</summary>
internal static class CollectionTypes
{
    /// <summary>Whether the type is an array, a collection of the class library, a span or a LINQ sequence.</summary>
    public static bool Contains(ITypeSymbol? type)
    {
        if (type is null || type.SpecialType == SpecialType.System_String)
            return false;
        if (type.TypeKind == TypeKind.Array)
            return true;
        for (INamespaceSymbol? space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space is { Name: "Collections" or "Linq", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
                return true;
        }

        return type.Name is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment" && type.ContainingNamespace?.Name == "System";
    }
}
