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

    /// <summary>DES, TripleDES, RC2.</summary>
    public static readonly DiagnosticDescriptor WeakCipher = Create(
        id: "STC2002",
        title: "Cipher is broken or obsolete",
        messageFormat: "'{0}' is broken or obsolete; use AES",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "weak-or-custom-cipher",
        cwes: [327],
        precision: Precision.VeryHigh,
        description: "Data is encrypted with DES, TripleDES, RC2, RC4 or DSA signatures: their keys or blocks are too short for today's attackers.");

    /// <summary>ECB.</summary>
    public static readonly DiagnosticDescriptor InsecureCipherMode = Create(
        id: "STC2003",
        title: "Cipher mode shows or does not protect the plaintext",
        messageFormat: "Weak cipher mode: {0}",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "insecure-cipher-mode",
        cwes: [327, 353],
        precision: Precision.VeryHigh,
        description: "ECB encrypts equal blocks to equal blocks, and an authentication tag of fewer than 12 bytes can be forged by trying.");

    /// <summary>Short keys and PKCS #1 v1.5 encryption.</summary>
    public static readonly DiagnosticDescriptor WeakKeyOrRsaPadding = Create(
        id: "STC2004",
        title: "Key is too short or RSA padding is weak",
        messageFormat: "Weak key or padding: {0}",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "weak-key-or-rsa-padding",
        cwes: [326, 780],
        precision: Precision.VeryHigh,
        description: "An RSA or DSA key has fewer than 2048 bits, or RSA encrypts with PKCS #1 v1.5 padding, which lets attackers decrypt with the help "
            + "of error messages.");

    /// <summary>Password hashing that is too fast.</summary>
    public static readonly DiagnosticDescriptor WeakKeyDerivation = Create(
        id: "STC2007",
        title: "Key derivation is too fast or its salt is too short",
        messageFormat: "Weak key derivation: {0}",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "weak-kdf-or-salt",
        cwes: [916, 760],
        precision: Precision.High,
        description: "PBKDF2 runs fewer iterations than its hash needs today (SHA-1 1,300,000, SHA-256 600,000, SHA-512 210,000), or takes a constant salt.");

    /// <summary>Secrets compared byte by byte.</summary>
    public static readonly DiagnosticDescriptor TimingUnsafeCompare = Create(
        id: "STC2010",
        title: "Secret is compared in a time that tells where it differs",
        messageFormat: "'{0}' is compared in a time that depends on its content; use CryptographicOperations.FixedTimeEquals",
        category: "Cryptography",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "timing-unsafe-compare",
        cwes: [208],
        precision: Precision.High,
        description: "A message authentication code, signature, API key or password hash is compared with ==, Equals or SequenceEqual, which stop at the "
            + "first difference: the time tells how much of a guess is right.");
}
