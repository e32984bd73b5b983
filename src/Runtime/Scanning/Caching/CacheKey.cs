using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SecurityToolchain.Scanning.Caching;

/// <summary>The identity of a cached result: 32 bytes over everything that the result depends on.</summary>
public readonly record struct CacheKey
{
    private CacheKey(ImmutableArray<byte> bytes) => Bytes = bytes;

    /// <summary>The 32 bytes.</summary>
    public ImmutableArray<byte> Bytes { get; }

    /// <summary>The length of a key in bytes.</summary>
    internal const int Length = SHA256.HashSizeInBytes;

    /// <summary>Makes a key.</summary>
    /// <param name="contentDigest">A digest of the content.</param>
    /// <param name="configuration">Engine version, analyzers with their versions, limits and options, in one text.</param>
    /// <param name="name">The name that analyzers judge the content by.</param>
    public static CacheKey Create(ReadOnlySpan<byte> contentDigest, string configuration, string name)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(name);
        byte[] parts = new byte[(3 * sizeof(long)) + contentDigest.Length + Encoding.UTF8.GetByteCount(configuration) + Encoding.UTF8.GetByteCount(name)];
        Span<byte> rest = parts;
        Append(ref rest, contentDigest);
        Append(ref rest, Encoding.UTF8.GetBytes(configuration));
        Append(ref rest, Encoding.UTF8.GetBytes(name));
        return new CacheKey(ImmutableCollectionsMarshal.AsImmutableArray(SHA256.HashData(parts)));
    }

    /// <summary>A key that a store wrote down.</summary>
    internal static CacheKey FromBytes(ReadOnlySpan<byte> bytes) => new([.. bytes]);

    /// <summary>Lower-case hexadecimal text.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes.AsSpan());

    /// <inheritdoc/>
    public bool Equals(CacheKey other) => Bytes.AsSpan().SequenceEqual(other.Bytes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes.IsDefaultOrEmpty ? 0 : BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan());

    // The length in front keeps "ab" + "c" and "a" + "bc" apart.
    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt64LittleEndian(rest, part.Length);
        part.CopyTo(rest[sizeof(long)..]);
        rest = rest[(sizeof(long) + part.Length)..];
    }
}
