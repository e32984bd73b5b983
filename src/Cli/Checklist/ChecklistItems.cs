using SecurityToolchain.Cli.Checklist.Checks;
using static SecurityToolchain.Cli.Checklist.ChecklistArea;

namespace SecurityToolchain.Cli.Checklist;

/// <summary>The four checklists of the product's security document, in its order, each item with what decides it for a .NET repository.</summary>
internal static class ChecklistItems
{
    public static IReadOnlyList<ChecklistItem> All { get; } =
    [
        new("development-dependencies", Development, "Dependencies are audited for known vulnerabilities", ProjectChecks.Audit),
        new("development-analyzers", Development, "Security analyzers run, and their warnings stop the build", ProjectChecks.AnalyzersAsErrors),
        new("development-sources", Development, "Package sources, licences and versions are under a policy", ProjectChecks.PackagePolicy),
        new("development-input", Development, "Input is validated before it reaches something dangerous", RuleChecks.NoFinding("input reaching a dangerous operation", "STC10", "STC11")),
        new("development-randomness", Development, "Secrets come from a secure random number generator", RuleChecks.NoFinding("insecure randomness", "STC2008", "STC2009")),
        new("development-comparison", Development, "Secrets are compared in constant time", RuleChecks.NoFinding("a comparison whose time tells", "STC2010")),
        new("development-memory", Development, "Code is memory safe", ProjectChecks.UnsafeCode),
        new("development-limits", Development, "Resources are limited", RuleChecks.NoFinding("unbounded work", "STC12")),

        new("testing-unit", Testing, "Security has unit tests", TestChecks.AnyTest),
        new("testing-fuzzing", Testing, "Parsers are fuzzed", TestChecks.Named("fuzzing", "Fuzz", "Mutat", "Property", "Random")),
        new("testing-hostile", Testing, "Hostile files and inputs are tested", TestChecks.Named("hostile input", "Hostile", "Malicious", "Attack", "Bomb", "Traversal", "Injection", "Forged", "Malformed")),
        new("testing-leaks", Testing, "Errors are tested to tell nothing", TestChecks.Named("leaks by errors", "Leak", "Redact", "HoldsNo", "WithoutQuoting", "DoesNotReveal", "LooksTheSame", "Secret")),
        new("testing-access", Testing, "Authentication and authorization are tested", TestChecks.Named("access", "Auth", "Permission", "Forbidden", "Unauthorized", "Token", "ApiKey")),
        new("testing-penetration", Testing, "The running system is attacked", TestChecks.Named("attacks on the running system", "EndToEnd", "Penetration", "Loopback", "Adversar")),
        new("testing-tls", Testing, "The TLS configuration is tested", TestChecks.Named("TLS", "Tls", "Certificate", "Https")),

        new("deployment-images", Deployment, "Container images are small and pinned", DeploymentChecks.Containers("a base image or a package that is not pinned", "STC8061", "STC8062", "STC8063")),
        new("deployment-user", Deployment, "Containers do not run as root", DeploymentChecks.Containers("a container that runs as root", "STC8060")),
        new("deployment-context", Deployment, "Security contexts are set", DeploymentChecks.Cluster("a privileged or unrestricted container", "STC8064", "STC8065", "STC8066")),
        new("deployment-network", Deployment, "Network policies exist and select something", DeploymentChecks.NetworkPolicies),
        new("deployment-secrets", Deployment, "Secrets are managed, not written down", RuleChecks.NoFinding("a secret in code or configuration", "STC40")),
        new("deployment-logging", Deployment, "Security events are logged and watched", ProcessChecks.Uses("security events are logged by", "SecurityEventLog")),
        new("deployment-alerting", Deployment, "Security events raise alerts", ProcessChecks.Uses("alerts are raised by", "AlertDispatcher")),
        new("deployment-recovery", Deployment, "Backups exist and were restored once", ProcessChecks.Person("say when a backup was last restored, and how long it took")),
        new("deployment-updates", Deployment, "Updates and patches come in regularly", ProcessChecks.UpdateBot),

        new("operation-monitoring", Operation, "Suspicious activity is watched for", ProcessChecks.Uses("rate limits, audit files or alerts are used in", "AddSecurityToolchain", "AuditFile", "AlertDispatcher")),
        new("operation-rotation", Operation, "Keys and certificates are rotated", ProcessChecks.Uses("rotation is possible with", "AeadKeyRing", "MtlsStore", "JwtKey", "ApiKeyManager")),
        new("operation-audits", Operation, "Audits take place", ProcessChecks.Uses("a chain that an audit can verify is written by", "AuditFile")),
        new("operation-incidents", Operation, "There is a procedure for incidents", ProcessChecks.SecurityPolicy),
        new("operation-documentation", Operation, "Security documentation is current", ProcessChecks.Person("compare the security documentation with the last release")),
        new("operation-training", Operation, "People are trained", ProcessChecks.Person("name the last training and who took part")),
        new("operation-privilege", Operation, "Everything runs with the least privilege", DeploymentChecks.LeastPrivilege),
        new("operation-assessment", Operation, "Vulnerabilities are assessed regularly", ProcessChecks.Assessment),
    ];
}
