using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>Tells a keyed hash from a plain one.</summary>
internal static class KeyedReceiver
{
    /// <summary>Whether a call is made on an HMAC object.</summary>
    public static bool IsKeyed(IOperation call)
    {
        if (call is not IInvocationOperation { Instance: { } instance })
            return false;
        for (ITypeSymbol? type = instance.WithoutConversions().Type; type is not null; type = type.BaseType)
        {
            if (type.Name is "HMAC" or "KeyedHashAlgorithm")
                return true;
        }

        return false;
    }
}
