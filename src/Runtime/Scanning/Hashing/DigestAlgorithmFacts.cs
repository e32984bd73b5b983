using System.Collections.Immutable;
using System.Security.Cryptography;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>Names, lengths and support of each algorithm of <see cref="DigestAlgorithms"/>.</summary>
public static class DigestAlgorithmFacts
{
    private static readonly (DigestAlgorithms Algorithm, string Name, int Length, bool Secure)[] Table =
    [
        (DigestAlgorithms.Md5, "md5", 16, false),
        (DigestAlgorithms.Sha1, "sha1", 20, false),
        (DigestAlgorithms.Sha256, "sha256", 32, true),
        (DigestAlgorithms.Sha384, "sha384", 48, true),
        (DigestAlgorithms.Sha512, "sha512", 64, true),
        (DigestAlgorithms.Sha3Bits256, "sha3-256", 32, true),
        (DigestAlgorithms.Sha3Bits384, "sha3-384", 48, true),
        (DigestAlgorithms.Sha3Bits512, "sha3-512", 64, true),
        (DigestAlgorithms.Blake3, "blake3", 32, true),
    ];

    /// <summary>Every algorithm, the weakest first.</summary>
    public static ImmutableArray<DigestAlgorithms> All { get; } = [.. Table.Select(static row => row.Algorithm)];

    /// <summary>The lower-case name, for example <c>sha3-256</c>.</summary>
    /// <param name="algorithm">One algorithm.</param>
    public static string Name(DigestAlgorithms algorithm) => Row(algorithm).Name;

    /// <summary>The length of the digest in bytes.</summary>
    /// <param name="algorithm">One algorithm.</param>
    public static int Length(DigestAlgorithms algorithm) => Row(algorithm).Length;

    /// <summary>Whether finding two contents with one digest is infeasible. False for MD5 and SHA-1.</summary>
    /// <param name="algorithm">One algorithm.</param>
    public static bool IsSecure(DigestAlgorithms algorithm) => Row(algorithm).Secure;

    /// <summary>Whether this platform computes the algorithm.</summary>
    /// <param name="algorithm">One algorithm.</param>
    public static bool IsSupported(DigestAlgorithms algorithm) => algorithm switch
    {
        DigestAlgorithms.Sha3Bits256 => SHA3_256.IsSupported,
        DigestAlgorithms.Sha3Bits384 => SHA3_384.IsSupported,
        DigestAlgorithms.Sha3Bits512 => SHA3_512.IsSupported,
        _ => Row(algorithm).Length > 0,
    };

    /// <summary>Finds an algorithm by name; case, <c>-</c> and <c>_</c> do not matter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="algorithm">The algorithm.</param>
    public static bool TryParse(string name, out DigestAlgorithms algorithm)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = Plain(name);
        foreach ((DigestAlgorithms candidate, string candidateName, _, _) in Table)
        {
            if (Plain(candidateName).Equals(plain, StringComparison.Ordinal))
            {
                algorithm = candidate;
                return true;
            }
        }

        algorithm = DigestAlgorithms.None;
        return false;
    }

    private static string Plain(string name) =>
        name.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private static (DigestAlgorithms Algorithm, string Name, int Length, bool Secure) Row(DigestAlgorithms algorithm)
    {
        foreach ((DigestAlgorithms Algorithm, string Name, int Length, bool Secure) row in Table)
        {
            if (row.Algorithm == algorithm)
                return row;
        }

        throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Exactly one digest algorithm is expected.");
    }
}
