using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>Cryptography: randomness, nonces, keys, algorithms.</summary>
internal static partial class RuleCatalogue
{
    /// <summary>One nonce serves several messages.</summary>
    public static readonly DiagnosticDescriptor NonceReuse = Create(
        id: "STC2006",
        title: "Nonce is used for more than one message",
        messageFormat: "'{0}' is used for more than one message under the same key; fill it anew before each message",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "nonce-reuse",
        cwes: [323],
        precision: Precision.VeryHigh,
        description: "The same nonce or initialisation vector reaches two encryptions under one key: in a loop, one after the other, through a helper, "
            + "or because an object draws it once and keeps it.");
}
