using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>A call that encrypts one message.</summary>
/// <param name="Nonce">The variable that holds the nonce, or the cipher object that holds its own vector.</param>
/// <param name="Key">The variable that holds the key, or null where that is not known.</param>
/// <param name="Place">Where the nonce is handed over.</param>
internal readonly record struct EncryptionSite(ISymbol Nonce, ISymbol? Key, SyntaxNode Place);
