using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>Calls whose result is known to whoever knows their argument: encodings, copies, digests.</summary>
internal static class TransparentCalls
{
    /// <summary>Whether the result is as well known as the argument.</summary>
    public static bool PassesArgument(IInvocationOperation call, IArgumentOperation argument)
    {
        IMethodSymbol method = call.TargetMethod;
        INamedTypeSymbol? type = method.ContainingType;
        if (type is null || argument.Parameter is not { Ordinal: 0 } && !method.IsExtensionMethod)
            return false;
        if (argument.Parameter is not { Ordinal: 0 })
            return false;
        return type.Name switch
        {
            "Convert" => method.Name is "FromBase64String" or "FromHexString" or "ToBase64String" or "ToHexString" or "ToHexStringLower" && type.Is("System", "Convert"),
            "MemoryExtensions" => method.Name is "AsSpan" or "AsMemory" or "ToArray" or "Trim" or "TrimEnd",
            "Enumerable" => method.Name is "ToArray" or "ToList" or "AsEnumerable" or "Reverse",
            "ImmutableArray" => method.Name is "Create" or "ToImmutableArray" or "CreateRange",
            "String" => method.Name is "Copy" or "Intern",
            "Base64UrlEncoder" => method.Name is "DecodeBytes" or "Decode" or "Encode",
            "Base64Url" => method.Name is "DecodeFromChars" or "EncodeToString",
            "Task" or "ValueTask" => method.Name == "FromResult",
            "BitConverter" => method.Name == "GetBytes",
            _ => IsEncoding(type) && method.Name is "GetBytes" or "GetString" || (method.Name is "HashData" or "ComputeHash" && method.Parameters.Length == 1 && IsHash(type)),
        };
    }

    /// <summary>Whether the result is as well known as the object that the method is called on.</summary>
    public static bool PassesReceiver(IInvocationOperation call)
    {
        INamedTypeSymbol? type = call.TargetMethod.ContainingType;
        if (type is null)
            return false;
        string name = call.TargetMethod.Name;
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
            return type.Name == "Func";
        if (type.Name is "Task" or "ValueTask" && type.ContainingNamespace.IsNamed("System.Threading.Tasks"))
            return name is "ConfigureAwait" or "GetAwaiter" or "AsTask";
        if (name == "GetResult")
            return type.Name is "TaskAwaiter" or "ValueTaskAwaiter";
        // What is put in from elsewhere is not known.
        if (name == "Replace" && type.SpecialType == SpecialType.System_String)
            return call.Arguments.All(static argument => argument.Value.ConstantValue.HasValue);
        return type.SpecialType == SpecialType.System_String
            ? name is "ToCharArray" or "Trim" or "TrimEnd" or "TrimStart" or "ToString" or "ToLower" or "ToUpper" or "ToLowerInvariant" or "ToUpperInvariant" or "Normalize" or "Substring" or "PadRight" or "PadLeft" or "Clone"
            : name == "ToArray" && type.ContainingNamespace.IsNamed("System") || (name == "Clone" && type.SpecialType == SpecialType.System_Array);
    }

    /// <summary>Whether making the type from a value keeps the value.</summary>
    public static bool IsWrapper(ITypeSymbol? type) =>
        type?.SpecialType == SpecialType.System_String || type is { Name: "ReadOnlySpan" or "Span" or "ReadOnlyMemory" or "Memory" or "StringValues" or "BinaryData" or "Lazy" or "ValueTask" };

    /// <summary>Whether the property gives back what the object was made from: <c>Lazy.Value</c>, <c>Task.Result</c>.</summary>
    public static bool IsUnwrapping(IPropertySymbol property) => (property.ContainingType?.Name, property.Name) is ("Lazy", "Value") or ("Task" or "ValueTask", "Result");

    private static bool IsEncoding(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Is("System.Text", "Encoding"))
                return true;
        }

        return false;
    }

    private static bool IsHash(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Is("System.Security.Cryptography", "HashAlgorithm"))
                return true;
        }

        return false;
    }
}
