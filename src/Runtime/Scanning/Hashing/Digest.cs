using System.Collections.Immutable;
using System.Security.Cryptography;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>A digest with its algorithm. Equality takes the same time wherever the bytes differ.</summary>
public sealed class Digest : IEquatable<Digest>
{
    /// <summary>Creates a digest.</summary>
    /// <param name="algorithm">One algorithm.</param>
    /// <param name="bytes">As many bytes as the algorithm has.</param>
    /// <exception cref="ArgumentException">The number of bytes is not the algorithm's.</exception>
    public Digest(DigestAlgorithms algorithm, ReadOnlySpan<byte> bytes)
    {
        int expected = DigestAlgorithmFacts.Length(algorithm);
        if (bytes.Length != expected)
            throw new ArgumentException($"A {DigestAlgorithmFacts.Name(algorithm)} digest has {expected} bytes, not {bytes.Length}.", nameof(bytes));
        Algorithm = algorithm;
        Bytes = [.. bytes];
    }

    /// <summary>The algorithm.</summary>
    public DigestAlgorithms Algorithm { get; }

    /// <summary>The bytes.</summary>
    public ImmutableArray<byte> Bytes { get; }

    /// <summary>
    /// Reads a digest: <c>sha256:HEX</c>, <c>sha256:BASE64</c>, subresource integrity <c>sha256-BASE64</c>, or bare hexadecimal or base64
    /// text when the caller says which algorithm is meant.
    /// </summary>
    /// <param name="text">The text; hexadecimal digits may have either case.</param>
    /// <param name="assumed">The algorithm of a bare text; none refuses a bare text, because its length does not say which family made it.</param>
    /// <param name="digest">The digest.</param>
    /// <returns>False when the text, the algorithm or the length is wrong.</returns>
    public static bool TryParse(string text, DigestAlgorithms assumed, out Digest? digest)
    {
        ArgumentNullException.ThrowIfNull(text);
        digest = null;
        string value = text.Trim();
        DigestAlgorithms algorithm = assumed;
        int colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            if (!DigestAlgorithmFacts.TryParse(value[..colon], out algorithm))
                return false;
            value = value[(colon + 1)..];
        }
        else if (IntegrityPrefix(value, out DigestAlgorithms named, out int length))
        {
            algorithm = named;
            value = value[length..];
        }

        if (algorithm == DigestAlgorithms.None)
            return false;
        int size = DigestAlgorithmFacts.Length(algorithm);
        byte[] bytes = new byte[size];
        bool ok = value.Length == size * 2
            ? Convert.FromHexString(value, bytes, out _, out int written) == System.Buffers.OperationStatus.Done && written == size
            : Convert.TryFromBase64String(value, bytes, out written) && written == size;
        if (!ok)
            return false;
        if (assumed != DigestAlgorithms.None && assumed != algorithm)
            return false;
        digest = new Digest(algorithm, bytes);
        return true;
    }

    /// <summary>Lower-case hexadecimal text.</summary>
    public string ToHex() => Convert.ToHexStringLower(Bytes.AsSpan());

    /// <summary>Base64 text, as in a NuGet content hash.</summary>
    public string ToBase64() => Convert.ToBase64String(Bytes.AsSpan());

    /// <summary>Subresource integrity text, for example <c>sha384-...</c>. Browsers know SHA-256, SHA-384 and SHA-512 only.</summary>
    public string ToIntegrity() => DigestAlgorithmFacts.Name(Algorithm) + "-" + ToBase64();

    /// <summary>The algorithm's name, a colon and hexadecimal text.</summary>
    public override string ToString() => DigestAlgorithmFacts.Name(Algorithm) + ":" + ToHex();

    /// <inheritdoc/>
    public bool Equals(Digest? other) =>
        other is not null && other.Algorithm == Algorithm && CryptographicOperations.FixedTimeEquals(other.Bytes.AsSpan(), Bytes.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Digest);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Algorithm, Bytes[0], Bytes[1], Bytes[2], Bytes[3]);

    private static bool IntegrityPrefix(string text, out DigestAlgorithms algorithm, out int length)
    {
        foreach (DigestAlgorithms candidate in DigestAlgorithmFacts.All)
        {
            string prefix = DigestAlgorithmFacts.Name(candidate) + "-";
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && text.Length > prefix.Length + 8)
            {
                algorithm = candidate;
                length = prefix.Length;
                return true;
            }
        }

        algorithm = DigestAlgorithms.None;
        length = 0;
        return false;
    }
}
