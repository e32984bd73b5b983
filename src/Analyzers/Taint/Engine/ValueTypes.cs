using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What values of a type can carry.</summary>
internal static class ValueTypes
{
    /// <summary>Whether values are numbers, truth values, dates or identifiers, which no text survives in. Bytes and characters are parts of text.</summary>
    public static bool IsNumber(ITypeSymbol? type)
    {
        switch (type?.SpecialType)
        {
            case null:
                return false;
            case SpecialType.System_Boolean or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32
                or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
                or SpecialType.System_DateTime or SpecialType.System_IntPtr or SpecialType.System_UIntPtr:
                return true;
            case SpecialType.System_Nullable_T:
                return false;
        }

        if (type.TypeKind == TypeKind.Enum)
            return true;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return IsNumber(nullable.TypeArguments[0]);
        if (type.TypeKind == TypeKind.Struct && type.Name is "Guid" or "DateTimeOffset" or "TimeSpan" or "DateOnly" or "TimeOnly" or "Half" or "Int128" or "UInt128" or "Index" or "Range" or "BigInteger" or "Complex")
            return type.ContainingNamespace.IsNamed("System") || type.ContainingNamespace.IsNamed("System.Numerics");
        if (Unwrap(type) is { } inner && !ReferenceEquals(inner, type))
            return IsNumber(inner);
        return false;
    }

    /// <summary>The sinks that values of a type cannot harm, whatever text they were made from: addresses and versions are digits, dots and colons.</summary>
    public static SinkKinds HarmlessFor(ITypeSymbol? type) => type?.Name switch
    {
        "IPAddress" when type.ContainingNamespace.IsNamed("System.Net") => SinkKinds.AllInjection & ~(SinkKinds.RequestHost | SinkKinds.ConnectionHost | SinkKinds.Redirect),
        "Version" when type.ContainingNamespace.IsNamed("System") => SinkKinds.AllInjection,
        _ => SinkKinds.None,
    };

    /// <summary>Whether a value has no members that are followed on their own: text, numbers, bytes.</summary>
    public static bool IsAtomic(ITypeSymbol? type)
    {
        if (type is null)
            return false;
        if (type.SpecialType is SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Byte or SpecialType.System_SByte)
            return true;
        if (type.Name == "Uri" && type.ContainingNamespace.IsNamed("System"))
            return true;
        ITypeSymbol unwrapped = Unwrap(type);
        return ReferenceEquals(unwrapped, type) ? IsNumber(type) : IsAtomic(unwrapped);
    }

    /// <summary>The type inside a task or nullable value, which are taken for what they hold; the type itself otherwise.</summary>
    public static ITypeSymbol Unwrap(ITypeSymbol type)
    {
        while (type is INamedTypeSymbol { TypeArguments.Length: 1 } named && IsTransparent(named))
            type = named.TypeArguments[0];
        return type;
    }

    /// <summary>Whether the type is a task, awaitable or nullable around its one type argument.</summary>
    public static bool IsTransparent(INamedTypeSymbol type)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return true;
        return type.Name switch
        {
            "Task" or "ValueTask" => type.ContainingNamespace.IsNamed("System.Threading.Tasks"),
            "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" => type.ContainingNamespace.IsNamed("System.Runtime.CompilerServices"),
            "ConfiguredTaskAwaiter" or "ConfiguredValueTaskAwaiter" => type.ContainingType is { Name: "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" },
            _ => false,
        };
    }

    /// <summary>Whether the type holds elements: an array, a collection, a span. Text is none.</summary>
    public static bool IsCollection(ITypeSymbol? type)
    {
        if (type is null || type.SpecialType == SpecialType.System_String)
            return false;
        if (type.TypeKind == TypeKind.Array || type.SpecialType == SpecialType.System_Collections_IEnumerable)
            return true;
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            if (implemented.SpecialType == SpecialType.System_Collections_IEnumerable)
                return true;
        }

        return type.Name is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "IAsyncEnumerable" or "ArraySegment";
    }
}
