using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>Which types can hold a secret value.</summary>
internal static class SecretTypes
{
    /// <summary>The form that values of a type have, or null when the type cannot hold a secret itself.</summary>
    public static SecretShape? Classify(ITypeSymbol? type)
    {
        switch (type)
        {
            case null:
                return null;
            case IArrayTypeSymbol array:
                return Classify(array.ElementType) switch
                {
                    SecretShape.Number when array.ElementType.SpecialType is SpecialType.System_Byte or SpecialType.System_SByte => SecretShape.Bytes,
                    SecretShape.Text => SecretShape.Text,
                    SecretShape.Number => SecretShape.Number,
                    _ => null,
                };
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable:
                return Classify(nullable.TypeArguments[0]);
            case IDynamicTypeSymbol:
                return SecretShape.Text;
        }

        switch (type.SpecialType)
        {
            case SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Object:
                return SecretShape.Text;
            case SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32
                or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Decimal or SpecialType.System_Double:
                return SecretShape.Number;
        }

        return type switch
        {
            INamedTypeSymbol { Name: "StringBuilder" or "SecureString" or "StringValues" } => SecretShape.Text,
            INamedTypeSymbol { Name: "BigInteger" or "Int128" or "UInt128" } => SecretShape.Number,
            INamedTypeSymbol { Name: "Guid" } => SecretShape.Guid,
            INamedTypeSymbol { IsGenericType: true, TypeArguments.Length: 1, Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "List" or "IList" or "IEnumerable"
                or "IReadOnlyList" or "ICollection" } sequence =>
                sequence.TypeArguments[0].SpecialType switch
                {
                    SpecialType.System_Byte => SecretShape.Bytes,
                    SpecialType.System_Char or SpecialType.System_String => SecretShape.Text,
                    SpecialType.System_Int32 => SecretShape.Number,
                    _ => null,
                },
            _ => null,
        };
    }

    /// <summary>The result of an asynchronous method's type, or the type itself.</summary>
    public static ITypeSymbol Unwrap(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsGenericType: true, Name: "Task" or "ValueTask" or "Lazy" } task && task.TypeArguments.Length == 1 ? task.TypeArguments[0] : type;
}
