using System.Collections.Immutable;

namespace SecurityToolchain.MsBuildTasks.Signatures;

/// <summary>What the signature of a package states. Nothing in it is trusted before it is validated.</summary>
public sealed record PackageSignature
{
    /// <summary>Who made the primary signature.</summary>
    public required PackageSignatureKind Kind { get; init; }

    /// <summary>SHA-256 of the primary signer's certificate, upper-case hexadecimal.</summary>
    public required string SignerFingerprint { get; init; }

    /// <summary>The subject of the primary signer's certificate.</summary>
    public required string SignerSubject { get; init; }

    /// <summary>SHA-256 of the repository's certificate, upper-case hexadecimal; null when no repository signed.</summary>
    public string? RepositoryFingerprint { get; init; }

    /// <summary>The service index that the repository signed for; null when no repository signed.</summary>
    public string? RepositoryServiceIndex { get; init; }

    /// <summary>The owners that the repository signed, in its order; empty when it names none.</summary>
    public ImmutableArray<string> Owners { get; init; } = [];

    /// <summary>All fingerprints that a policy may trust.</summary>
    public IEnumerable<string> Fingerprints => RepositoryFingerprint is null || RepositoryFingerprint == SignerFingerprint
        ? [SignerFingerprint]
        : [SignerFingerprint, RepositoryFingerprint];
}
