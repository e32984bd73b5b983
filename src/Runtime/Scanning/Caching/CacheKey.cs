using System.Collections.Immutable;
using System.Security.Cryptography;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>The identity of a cached result: 32 bytes over everything that the result depends on.</summary>
public readonly record struct CacheKey
{
    private CacheKey(ImmutableArray<byte> bytes) => Bytes = bytes;

    /// <summary>The 32 bytes.</summary>
    public ImmutableArray<byte> Bytes { get; }

    /// <summary>Makes a key.</summary>
    /// <param name="contentDigest">A digest of the content.</param>
    /// <param name="configuration">Engine version, analyzers with their versions, limits and options, in one text.</param>
    /// <param name="name">The name that analyzers judge the content by.</param>
    public static CacheKey Create(ReadOnlySpan<byte> contentDigest, string configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, contentDigest);
        Append(hash, System.Text.Encoding.UTF8.GetBytes(configuration));
        Append(hash, System.Text.Encoding.UTF8.GetBytes(name));
        return new CacheKey([.. hash.GetHashAndReset()]);
    }

    /// <summary>Lower-case hexadecimal text.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes.AsSpan());

    /// <inheritdoc/>
    public bool Equals(CacheKey other) => Bytes.AsSpan().SequenceEqual(other.Bytes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes.IsDefaultOrEmpty ? 0 : HashCode.Combine(Bytes[0], Bytes[1], Bytes[2], Bytes[3]);

    // The length in front keeps "ab" + "c" and "a" + "bc" apart.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
