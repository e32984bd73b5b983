using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Rules;

public static partial class ScanRules
{
    /// <summary>STC4001: a secret in source, text or a compiled program.</summary>
    public static RuleMetadata HardcodedSecret { get; } = Rule(
        "STC4001", "hardcoded-secret", "Secret in a file", FindingSeverity.Error, [798, 321],
        "A credential, key or token lies where everyone who has the file can read it.",
        "Revoke the secret, then take it from the environment or a secret store.");

    /// <summary>STC4003: a secret in a configuration file.</summary>
    public static RuleMetadata SecretInConfiguration { get; } = Rule(
        "STC4003", "secrets-in-config", "Secret in a configuration file", FindingSeverity.Error, [260, 798],
        "A configuration file holds a credential, key or token.",
        "Revoke the secret, then take it from the environment, user secrets or a secret store.");
}
