using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Which symbols and types carry text, bytes or characters from one place to another.</summary>
internal static class TextFlow
{
    // Members that hold anything: what one object keeps in them says nothing about another object's.
    private static readonly HashSet<string> s_generalMembers = new(StringComparer.Ordinal)
    {
        "Value", "Text", "Name", "Key", "Item", "Data", "Content", "Body", "Message", "Id", "Current", "Result", "Title", "Description", "Label", "Type", "Code", "Item1", "Item2", "DefaultValue",
    };

    private static readonly HashSet<string> s_sequences = new(StringComparer.Ordinal)
    {
        "List", "IList", "IEnumerable", "IReadOnlyList", "ICollection", "IReadOnlyCollection", "HashSet", "ISet", "Queue", "Stack", "Collection", "ImmutableArray", "ImmutableList",
        "Dictionary", "IDictionary", "IReadOnlyDictionary", "ConcurrentDictionary", "ImmutableDictionary", "FrozenDictionary", "SortedDictionary", "IAsyncEnumerable",
    };

    /// <summary>Whether values are followed through a symbol: it belongs to the compilation, and what it holds is one thing.</summary>
    public static bool IsTracked(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.ContainingSymbol.IsInSource() || parameter.ContainingSymbol is IMethodSymbol { IsImplicitlyDeclared: true, ContainingType: { } type } && type.IsInSource(),
        IFieldSymbol field => field.IsInSource() && !IsGeneral(field, field.Type),
        IPropertySymbol property => property.IsInSource() && !IsGeneral(property, property.Type),
        ILocalSymbol => true,
        IMethodSymbol => symbol.IsInSource(),
        _ => false,
    };

    /// <summary>Whether a value of the type is text, bytes or characters, or gives them when awaited or called.</summary>
    public static bool IsText(ITypeSymbol? type)
    {
        switch (type)
        {
            case null:
                return false;
            case IArrayTypeSymbol array:
                return array.ElementType.SpecialType is SpecialType.System_Byte or SpecialType.System_Char;
            case { SpecialType: SpecialType.System_String or SpecialType.System_Char }:
            // Inside a generic helper, it may be text.
            case ITypeParameterSymbol:
                return true;
            case INamedTypeSymbol { SpecialType: SpecialType.None } named:
                if (!named.IsGenericType)
                    return named.Name is "SecureString" or "StringValues";
                return named.Name is "ReadOnlySpan" or "Span" or "ReadOnlyMemory" or "Memory" || (named.Name is "Task" or "ValueTask" or "Lazy" or "Func" && IsText(LastArgument(named)));
            default:
                return false;
        }
    }

    /// <summary>Whether a value of the type is a tuple, array or collection whose elements are text.</summary>
    public static bool HoldsTexts(ITypeSymbol? type)
    {
        switch (type)
        {
            case IArrayTypeSymbol { Rank: 1 } array:
                return array.ElementType.SpecialType == SpecialType.System_String || array.ElementType is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };
            case INamedTypeSymbol { IsGenericType: true } named:
                if (named.IsTupleType)
                    return true;
                return IsText(LastArgument(named)) ? s_sequences.Contains(named.Name) : named.Name is "Task" or "ValueTask" && HoldsTexts(LastArgument(named));
            default:
                return false;
        }
    }

    // Bytes that are called a key are one; a text that is called so may be the key of anything.
    private static bool IsGeneral(ISymbol member, ITypeSymbol type) =>
        !member.IsStatic && member.DeclaredAccessibility != Accessibility.Private && s_generalMembers.Contains(member.Name)
        && (type.SpecialType == SpecialType.System_String || (member.Name != "Key" && type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }));

    private static ITypeSymbol? LastArgument(INamedTypeSymbol type) => type.TypeArguments is [.., var last] ? last : null;
}
