using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>Credentials in code and configuration.</summary>
internal static partial class RuleCatalogue
{
    /// <summary>A credential is written in the source.</summary>
    public static readonly DiagnosticDescriptor HardcodedSecret = Create(
        id: "STC4001",
        title: "Hardcoded secret",
        messageFormat: "A secret is written in the source ({0}); load it from configuration, the environment or a secret store",
        category: "Secrets",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "hardcoded-secret",
        cwes: [798, 259, 321],
        precision: Precision.High,
        description: "A literal has the format of a provider's token, is held under a credential's name, stands in a connection string or URL as "
            + "its password, or reaches a parameter for passwords, keys or tokens, whatever it is called. Whoever reads the source or the "
            + "compiled assembly has the credential, and it cannot be changed without a release.",
        reportedAtCompilationEnd: true);

    /// <summary>A credential is written in a configuration file of the project.</summary>
    public static readonly DiagnosticDescriptor SecretsInConfig = Create(
        id: "STC4003",
        title: "Secret in a configuration file",
        messageFormat: "'{0}' holds a secret ({1}); leave it empty and provide the value by '{2}' or an environment variable",
        category: "Secrets",
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        family: "secrets-in-config",
        cwes: [260, 256, 312],
        precision: Precision.High,
        description: "A configuration file that is kept with the source holds a password, key or token in clear text. Configuration files are "
            + "copied into packages, images and backups; the credential goes with them.");
}
