using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>Tells which calls may put a new value into an array or span that is handed to them.</summary>
internal static class NonceRefresh
{
    private static readonly HashSet<string> s_readers = new(StringComparer.Ordinal)
    {
        "Encrypt", "Decrypt", "EncryptCbc", "TryEncryptCbc", "EncryptCfb", "TryEncryptCfb", "DecryptCbc", "DecryptCfb", "CreateEncryptor", "CreateDecryptor", "Write", "WriteAsync",
        "ToBase64String", "ToHexString", "ToHexStringLower", "GetString", "AddRange", "Concat", "ToArray", "SequenceEqual", "FixedTimeEquals", "AsSpan", "AsMemory", "Slice",
        "CopyTo", "WriteLine", "Add", "HashData", "Equals", "EncodeToString", "Append", "AppendData",
    };

    /// <summary>Whether methods of this name only read the arrays that are handed to them.</summary>
    public static bool IsReader(string? name) => name is not null && s_readers.Contains(name);

    /// <summary>Whether a method may write into an array that is passed as the argument.</summary>
    public static bool MayWrite(IArgumentOperation argument)
    {
        if (argument.Parameter is not { } parameter)
            return true;
        if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            return true;
        ITypeSymbol type = parameter.Type;
        if (type is INamedTypeSymbol { Name: "ReadOnlySpan" or "ReadOnlyMemory" or "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection" })
            return false;
        if (type is not IArrayTypeSymbol and not INamedTypeSymbol { Name: "Span" or "Memory" } && type.SpecialType is not (SpecialType.System_Array or SpecialType.System_Object))
            return false;
        string name = parameter.ContainingSymbol.Name;
        if (name is "Copy" or "BlockCopy" or "ConstrainedCopy")
            return parameter.Name is "destinationArray" or "dst";
        if (name == "CopyTo")
            return parameter.Name is "destination" or "array";
        return !s_readers.Contains(name) && parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor };
    }
}
