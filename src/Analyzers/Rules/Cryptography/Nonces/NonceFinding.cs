using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Cryptography.Nonces;

/// <summary>A nonce that is used again.</summary>
/// <param name="Site">The second use.</param>
/// <param name="Earlier">The use before it, or the place that fills the nonce once for all calls.</param>
internal sealed record NonceFinding(EncryptionSite Site, Location Earlier);
