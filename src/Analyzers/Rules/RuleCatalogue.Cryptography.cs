using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>Cryptography: randomness, nonces, keys, algorithms.</summary>
internal static partial class RuleCatalogue
{
    /// <summary>The initialisation vector or nonce is the same, or can be told, each time.</summary>
    public static readonly DiagnosticDescriptor StaticIvOrNonce = Create(
        id: "STC2005",
        title: "Initialisation vector or nonce is not fresh",
        messageFormat: "{0} is used as initialisation vector or nonce in {1}; draw a new random one for each message and send it along",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "static-iv-or-nonce",
        cwes: [329, 1204],
        precision: Precision.VeryHigh,
        description: "Encryption takes an initialisation vector or nonce that is a constant, an array that nothing has filled, a static field, or "
            + "derived from the key, the clock or a GUID. Equal messages then give equal ciphertexts; with GCM, CCM and ChaCha20-Poly1305 the "
            + "authentication key is lost as well.",
        reportedAtCompilationEnd: true);

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

    /// <summary>System.Random gives a secret.</summary>
    public static readonly DiagnosticDescriptor InsecureRandom = Create(
        id: "STC2008",
        title: "Secret comes from a generator that is not meant for security",
        messageFormat: "{0} can be predicted and becomes a secret in {1}; use RandomNumberGenerator",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "insecure-random",
        cwes: [338, 330],
        precision: Precision.VeryHigh,
        description: "A value of System.Random becomes a key, token, password, one-time code, session id or other secret, by flow or by name. Who sees a "
            + "few values can compute the others. Games, shuffles, jitter and test data are not reported.",
        reportedAtCompilationEnd: true);

    /// <summary>A clock, GUID, identity or counter gives a secret.</summary>
    public static readonly DiagnosticDescriptor PredictableToken = Create(
        id: "STC2009",
        title: "Secret is made of values that can be guessed",
        messageFormat: "{0} can be guessed and becomes a secret in {1}; use RandomNumberGenerator.GetBytes(32)",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "predictable-token",
        cwes: [340, 337, 341],
        precision: Precision.High,
        description: "A reset token, API key, invitation link, password, session token or cookie is made of the time, a GUID, a process identity, a "
            + "counter or a generator with a known seed.",
        reportedAtCompilationEnd: true);
}
