using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// A parameter that is only called <c>key</c>: a cryptographic key where it takes bytes and the type or method is about cryptography, and a
/// credential where it makes a type of credentials; anywhere else a name under which something is found.
/// </summary>
internal static class KeyParameter
{
    // Whole words of a name, and beginnings of words that stand for all of a family ("Crypt": Crypto, Cryptor).
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "Aes", "Des", "Mac", "Aead", "Gcm", "Cbc", "Jwt", "Jws", "Jwe", "Seal", "Sealer", "Sign", "Signer", "Signing", "Vault", "Unlock", "Poly", "Cha", "Salsa", "Blowfish", "Twofish", "Rijndael",
    };

    private static readonly string[] s_roots = ["Crypt", "Encrypt", "Decrypt", "Cipher", "Encipher", "Decipher", "Hmac", "Symmetric", "Secret", "Credential"];

    private static readonly string[] s_credentialEndings = ["Credential", "Credentials", "SecurityKey", "ApiKey"];

    /// <summary>Whether the parameter takes a key that must stay secret.</summary>
    public static bool IsMatch(IParameterSymbol parameter, IMethodSymbol method)
    {
        if (!parameter.Name.Equals("key", StringComparison.OrdinalIgnoreCase) || method.ContainingType is not { } type)
            return false;
        if (parameter.Type.SpecialType == SpecialType.System_String)
            return method.MethodKind == MethodKind.Constructor && Array.Exists(s_credentialEndings, ending => type.Name.EndsWith(ending, StringComparison.Ordinal));
        if (!IsBytes(parameter.Type) || IsPublic(type.Name) || IsPublic(method.Name))
            return false;
        return method.MethodKind == MethodKind.Constructor && type.Name.EndsWith("SecurityKey", StringComparison.Ordinal) || IsCryptographic(type.Name) || IsCryptographic(method.Name);
    }

    private static bool IsBytes(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_Byte,
        INamedTypeSymbol { Name: "ReadOnlySpan" or "Span" or "ReadOnlyMemory" or "Memory", TypeArguments: [{ SpecialType: SpecialType.System_Byte }] } => true,
        _ => false,
    };

    // Whoever verifies has a public key, or a secret one that the signer's side shows.
    private static bool IsPublic(string name) => name.IndexOf("Verif", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("Public", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsCryptographic(string name)
    {
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !(char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))))
                continue;
            string word = name.Substring(start, i - start).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (s_words.Contains(word) || Array.Exists(s_roots, root => word.StartsWith(root, StringComparison.OrdinalIgnoreCase)))
                return true;
            start = i;
        }

        return false;
    }
}
