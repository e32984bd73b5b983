using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>Types whose text form cannot hold a quote, a comment or a keyword.</summary>
internal static class InertTypes
{
    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "BigInteger", "Int128", "UInt128", "Half", "Version", "Index", "Range",
        "IntPtr", "UIntPtr", "SqlInt16", "SqlInt32", "SqlInt64", "SqlDecimal", "SqlMoney", "SqlGuid", "SqlDateTime", "SqlBoolean", "SqlByte", "SqlDouble", "SqlSingle",
    };

    /// <summary>Types that steer how text is made and are no text themselves.</summary>
    private static readonly HashSet<string> s_notText = new(StringComparer.Ordinal)
    {
        "StringComparer", "IEqualityComparer", "IComparer", "EqualityComparer", "Comparer", "CultureInfo", "NumberFormatInfo", "DateTimeFormatInfo", "IFormatProvider", "Encoding",
        "CancellationToken", "RegexOptions", "Type",
    };

    /// <summary>Whether values of the type are numbers, truth values, enum members, dates or identifiers of fixed shape.</summary>
    public static bool Contains(ITypeSymbol? type)
    {
        if (type is null)
            return false;
        if (type is IArrayTypeSymbol array)
            return Contains(array.ElementType);
        if (type is INamedTypeSymbol { IsGenericType: true } generic && generic.TypeKind != TypeKind.Delegate && IsSystem(generic))
        {
            // A collection, a task or a nullable of inert values.
            foreach (ITypeSymbol argument in generic.TypeArguments)
            {
                if (!Contains(argument))
                    return s_notText.Contains(type.Name);
            }

            return true;
        }

        if (type.TypeKind == TypeKind.Enum)
            return true;
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean:
            case SpecialType.System_Char:
            case SpecialType.System_SByte:
            case SpecialType.System_Byte:
            case SpecialType.System_Int16:
            case SpecialType.System_UInt16:
            case SpecialType.System_Int32:
            case SpecialType.System_UInt32:
            case SpecialType.System_Int64:
            case SpecialType.System_UInt64:
            case SpecialType.System_Decimal:
            case SpecialType.System_Single:
            case SpecialType.System_Double:
            case SpecialType.System_DateTime:
            case SpecialType.System_IntPtr:
            case SpecialType.System_UIntPtr:
            case SpecialType.System_Void:
                return true;
        }

        if (type is ITypeParameterSymbol parameter)
            return IsInertConstraint(parameter);
        if (s_notText.Contains(type.Name) && IsSystem(type))
            return true;
        return s_names.Contains(type.Name) && type.ContainingNamespace is { Name: "System" or "Numerics" or "SqlTypes" };
    }

    private static bool IsSystem(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name == "System";
    }

    private static bool IsInertConstraint(ITypeParameterSymbol parameter)
    {
        foreach (ITypeSymbol constraint in parameter.ConstraintTypes)
        {
            if (constraint.SpecialType == SpecialType.System_Enum || constraint.Name is "INumber" or "INumberBase" or "IBinaryInteger")
                return true;
        }

        return false;
    }
}
