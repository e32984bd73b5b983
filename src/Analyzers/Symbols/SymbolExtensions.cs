using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Symbols;

/// <summary>Questions about symbols that several rules ask.</summary>
internal static class SymbolExtensions
{
    /// <summary>Whether two symbols are the same definition, type arguments aside.</summary>
    public static bool IsSameDefinition(this ISymbol? symbol, ISymbol? other) =>
        symbol is not null && other is not null && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, other.OriginalDefinition);

    /// <summary>Whether a type is, derives from or implements another one (by original definition).</summary>
    public static bool IsOrInherits(this ITypeSymbol? type, INamedTypeSymbol? baseType)
    {
        if (type is null || baseType is null)
            return false;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.IsSameDefinition(baseType))
                return true;
        }

        if (baseType.TypeKind == TypeKind.Interface)
        {
            foreach (INamedTypeSymbol implemented in type.AllInterfaces)
            {
                if (implemented.IsSameDefinition(baseType))
                    return true;
            }
        }

        if (type is ITypeParameterSymbol parameter)
        {
            foreach (ITypeSymbol constraint in parameter.ConstraintTypes)
            {
                if (constraint.IsOrInherits(baseType))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the type has exactly this namespace and name, for example <c>System.Threading.Tasks</c>, <c>Task</c>; arity aside.</summary>
    public static bool Is(this ITypeSymbol? type, string namespaceName, string name) =>
        type is not null && type.Name == name && type.ContainingNamespace.IsNamed(namespaceName);

    /// <summary>Whether a namespace has this full name.</summary>
    public static bool IsNamed(this INamespaceSymbol? symbol, string fullName)
    {
        int end = fullName.Length;
        while (symbol is { IsGlobalNamespace: false })
        {
            string name = symbol.Name;
            int start = end - name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, name, 0, name.Length) != 0 || (start > 0 && fullName[start - 1] != '.'))
                return false;
            end = start - 1;
            symbol = symbol.ContainingNamespace;
        }

        return end <= 0;
    }

    /// <summary>The attribute of a class that is, or derives from, the given one; null when absent.</summary>
    public static AttributeData? FindAttribute(this ISymbol symbol, INamedTypeSymbol? attributeClass)
    {
        if (attributeClass is null)
            return null;
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.IsOrInherits(attributeClass))
                return attribute;
        }

        return null;
    }

    /// <summary>Whether the symbol is declared in the source of its compilation.</summary>
    public static bool IsInSource(this ISymbol symbol) => !symbol.DeclaringSyntaxReferences.IsDefaultOrEmpty;
}
