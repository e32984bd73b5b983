using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>The encrypting types of a compilation.</summary>
internal sealed class CipherTypes
{
    private readonly ImmutableArray<INamedTypeSymbol> _authenticated;
    private readonly INamedTypeSymbol? _symmetric;

    private CipherTypes(ImmutableArray<INamedTypeSymbol> authenticated, INamedTypeSymbol? symmetric)
    {
        _authenticated = authenticated;
        _symmetric = symmetric;
    }

    /// <summary>Resolves the types; null when the compilation has none.</summary>
    public static CipherTypes? Resolve(Compilation compilation)
    {
        KnownTypes types = KnownTypes.For(compilation);
        var authenticated = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        foreach (string name in (string[])["AesGcm", "AesCcm", "ChaCha20Poly1305"])
        {
            if (types.Find("System.Security.Cryptography." + name) is { } type)
                authenticated.Add(type);
        }

        INamedTypeSymbol? symmetric = types.Find("System.Security.Cryptography.SymmetricAlgorithm");
        return authenticated.Count == 0 && symmetric is null ? null : new CipherTypes(authenticated.ToImmutable(), symmetric);
    }

    /// <summary>Whether the type is AES-GCM, AES-CCM or ChaCha20-Poly1305.</summary>
    public bool IsAuthenticated(ITypeSymbol? type)
    {
        foreach (INamedTypeSymbol known in _authenticated)
        {
            if (SymbolEqualityComparer.Default.Equals(type, known))
                return true;
        }

        return false;
    }

    /// <summary>Whether the type is a block cipher with an <c>IV</c> property.</summary>
    public bool IsSymmetric(ITypeSymbol? type) => type.IsOrInherits(_symmetric);
}
