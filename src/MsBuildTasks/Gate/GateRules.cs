using System.Collections.Immutable;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>The rules of the package gate, STC7001 and on. Each has a page in docs/rules.</summary>
public static class GateRules
{
    /// <summary>STC7001: an id mixes scripts or carries invisible characters.</summary>
    public static readonly RuleMetadata MixedScriptId = Create(
        "STC7001", "mixed-script-package-id", "Package id mixes scripts or hides characters", FindingSeverity.Error,
        "Remove the reference; type the id again by hand and compare it with the publisher's page", 1007);

    /// <summary>STC7002: an id looks the same as a well-known one.</summary>
    public static readonly RuleMetadata LookAlikeId = Create(
        "STC7002", "look-alike-package-id", "Package id looks like a well-known id", FindingSeverity.Error,
        "Use the well-known id, or allow this id in the policy with a reason", 1007);

    /// <summary>STC7003: an id is one slip of the finger away from a well-known one.</summary>
    public static readonly RuleMetadata TyposquatId = Create(
        "STC7003", "typosquat-package-id", "Package id is a near miss of a well-known id", FindingSeverity.Error,
        "Use the well-known id, or allow this id in the policy with a reason", 1357);

    /// <summary>STC7004: an id is a well-known one with a generic word or number added.</summary>
    public static readonly RuleMetadata AffixedId = Create(
        "STC7004", "affixed-package-id", "Package id is a well-known id with a generic addition", FindingSeverity.Warning,
        "Check that the publisher is the one you mean, then allow this id in the policy with a reason", 1357);

    /// <summary>STC7010: a package carries no signature.</summary>
    public static readonly RuleMetadata UnsignedPackage = Create(
        "STC7010", "unsigned-package", "Package is not signed", FindingSeverity.Error,
        "Restore it from a feed that signs, list its folder feed under localFeeds, or allow it in the policy with a reason", 347);

    /// <summary>STC7011: a package lost the signature that it or its siblings had.</summary>
    public static readonly RuleMetadata UnsignedAfterSigned = Create(
        "STC7011", "unsigned-after-signed", "Package was signed before and is not any more", FindingSeverity.Error,
        "Delete the package's folder from the package cache and restore again; if it stays unsigned, do not use it", 347);

    /// <summary>STC7012: the signature does not hold.</summary>
    public static readonly RuleMetadata InvalidSignature = Create(
        "STC7012", "invalid-package-signature", "Package signature is not valid", FindingSeverity.Error,
        "Delete the package's folder from the package cache and restore again; if it stays invalid, do not use it", 347);

    /// <summary>STC7013: the signer is not one that the policy trusts.</summary>
    public static readonly RuleMetadata UntrustedSigner = Create(
        "STC7013", "untrusted-package-signer", "Package is signed by somebody the policy does not trust", FindingSeverity.Error,
        "Add the certificate to trustedSigners if you trust it, or drop the package", 347);

    /// <summary>STC7014: the owners in the repository signature are not those that the policy names.</summary>
    public static readonly RuleMetadata UnexpectedOwner = Create(
        "STC7014", "unexpected-package-owner", "Package is owned by somebody else than the policy says", FindingSeverity.Error,
        "Find out why the owner changed before you change owners in the policy", 345);

    /// <summary>STC7015: signature verification is switched off for NuGet itself.</summary>
    public static readonly RuleMetadata VerificationSwitchedOff = Create(
        "STC7015", "signature-verification-off", "NuGet's signature verification is switched off", FindingSeverity.Error,
        "Remove the variable from the environment", 347);

    /// <summary>STC7020: the package is not the one in the lock file.</summary>
    public static readonly RuleMetadata LockFileMismatch = Create(
        "STC7020", "lock-file-mismatch", "Package differs from the lock file", FindingSeverity.Error,
        "Find out which of both changed; restore the lock file from source control, or delete the package from the package cache and restore", 345);

    /// <summary>STC7021: the archive in the package cache is not the one that was restored.</summary>
    public static readonly RuleMetadata ArchiveChanged = Create(
        "STC7021", "package-archive-changed", "Package archive changed after it was restored", FindingSeverity.Error,
        "Delete the package's folder from the package cache and restore again", 494);

    /// <summary>STC7022: an extracted file is not the one in the package.</summary>
    public static readonly RuleMetadata ExtractedFileChanged = Create(
        "STC7022", "extracted-file-changed", "Extracted file differs from the package", FindingSeverity.Error,
        "Delete the package's folder from the package cache and restore again", 494);

    /// <summary>STC7023: an extracted folder holds a file that the package does not.</summary>
    public static readonly RuleMetadata ExtractedFileAdded = Create(
        "STC7023", "extracted-file-added", "File in the package folder is not part of the package", FindingSeverity.Error,
        "Delete the package's folder from the package cache and restore again", 494);

    /// <summary>STC7024: the generated import files name something else than verified packages.</summary>
    public static readonly RuleMetadata UnverifiedImport = Create(
        "STC7024", "unverified-package-import", "Generated import does not belong to a verified package", FindingSeverity.Error,
        "Delete the obj folder and restore again", 829);

    /// <summary>STC7030: something could not be checked.</summary>
    public static readonly RuleMetadata Incomplete = Create(
        "STC7030", "package-check-incomplete", "Package could not be checked", FindingSeverity.Error,
        "Unknown is not clean: restore again, or see the message for what is missing", 754);

    /// <summary>STC7031: the packages hold, but this build has not imported their files.</summary>
    public static readonly RuleMetadata BuildAgain = Create(
        "STC7031", "packages-verified-too-late", "Packages were verified after the project was read", FindingSeverity.Error,
        "Run the build again; to avoid it, restore with the gate in place ('sectool init' adds it for solutions)", 0);

    /// <summary>STC7040: the policy file is wrong.</summary>
    public static readonly RuleMetadata InvalidPolicy = Create(
        "STC7040", "invalid-gate-policy", "Policy file is not valid", FindingSeverity.Error,
        "Correct the line; the schema is in the package's schema folder", 0);

    /// <summary>STC7041: an entry of the policy has expired.</summary>
    public static readonly RuleMetadata ExpiredPolicyEntry = Create(
        "STC7041", "expired-policy-entry", "Policy entry has expired", FindingSeverity.Error,
        "Look at the reason again; renew the entry or remove it", 0);

    /// <summary>STC7099: the gate itself failed.</summary>
    public static readonly RuleMetadata InternalError = Create(
        "STC7099", "gate-failure", "The package gate failed", FindingSeverity.Error,
        "Report it with the message; packages count as not verified", 0);

    /// <summary>Every rule, in the order of ids.</summary>
    public static ImmutableArray<RuleMetadata> All { get; } =
    [
        MixedScriptId, LookAlikeId, TyposquatId, AffixedId,
        UnsignedPackage, UnsignedAfterSigned, InvalidSignature, UntrustedSigner, UnexpectedOwner, VerificationSwitchedOff,
        LockFileMismatch, ArchiveChanged, ExtractedFileChanged, ExtractedFileAdded, UnverifiedImport,
        Incomplete, BuildAgain, InvalidPolicy, ExpiredPolicyEntry, InternalError,
    ];

    /// <summary>The page of a rule.</summary>
    /// <param name="id">The id of the rule.</param>
    public static string HelpLink(string id) =>
        $"https://github.com/securitytoolchain/securitytoolchain/blob/main/docs/rules/{id}.md";

    private static RuleMetadata Create(string id, string name, string title, FindingSeverity severity, string remedy, int cwe) =>
        new(id, name, title, severity)
        {
            Remedy = remedy,
            HelpUri = HelpLink(id),
            Cwes = cwe == 0 ? [] : [cwe],
            Tags = ["packages"],
        };
}
