using System.Collections.Immutable;
using SecurityToolchain.MsBuildTasks.Signatures;
using SecurityToolchain.MsBuildTasks.Stamps;

namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>What an examination of a package found out; policies judge it.</summary>
public sealed record PackageExamination
{
    /// <summary>The package.</summary>
    public required PackageUse Use { get; init; }

    /// <summary>Why the package could not be examined in full; null when it was.</summary>
    public string? Problem { get; init; }

    /// <summary>The content hash, base64 of SHA-512; empty when it could not be computed.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>The hash that NuGet wrote down when it extracted the package; null when the file says none.</summary>
    public string? ExtractionHash { get; init; }

    /// <summary>Whether the archive carries a signature.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Whether the signature holds.</summary>
    public SignatureVerdict SignatureVerdict { get; init; }

    /// <summary>What the signature states; null without one.</summary>
    public PackageSignature? Signature { get; init; }

    /// <summary>Why an unsigned package should have been signed; null when nothing says so.</summary>
    public string? SignedBefore { get; init; }

    /// <summary>How the extracted folder differs from the archive.</summary>
    public ImmutableArray<ContentDifference> Differences { get; init; } = [];

    /// <summary>What to remember; null when anything is wrong.</summary>
    public PackageRecord? Record { get; init; }

    /// <summary>Whether the answer came from a record.</summary>
    public bool FromRecord { get; init; }
}
