using System.Collections.Immutable;
using System.Security.Cryptography;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>Computes several digests in one pass. Belongs to one thread.</summary>
public sealed class DigestSet : IContentConsumer, IDisposable
{
    private readonly List<(DigestAlgorithms Algorithm, IncrementalHash Hash)> _hashes = [];
    private Blake3? _blake3;

    /// <summary>Creates the set.</summary>
    /// <param name="algorithms">The algorithms.</param>
    /// <exception cref="PlatformNotSupportedException">An algorithm is not available here; the message names it.</exception>
    public DigestSet(DigestAlgorithms algorithms)
    {
        Algorithms = algorithms;
        try
        {
            foreach (DigestAlgorithms algorithm in DigestAlgorithmFacts.All)
            {
                if (!algorithms.HasFlag(algorithm))
                    continue;
                if (!DigestAlgorithmFacts.IsSupported(algorithm))
                    throw new PlatformNotSupportedException($"{DigestAlgorithmFacts.Name(algorithm)} is not available on this platform.");
                if (algorithm == DigestAlgorithms.Blake3)
                    _blake3 = new Blake3();
                else
                    _hashes.Add((algorithm, IncrementalHash.CreateHash(PlatformName(algorithm))));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The algorithms.</summary>
    public DigestAlgorithms Algorithms { get; }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> block)
    {
        foreach ((_, IncrementalHash hash) in _hashes)
            hash.AppendData(block);
        _blake3?.Append(block);
    }

    /// <summary>The digests, in the order of <see cref="DigestAlgorithmFacts.All"/>; the set starts again.</summary>
    public ImmutableArray<Digest> Finish()
    {
        ImmutableArray<Digest>.Builder digests = ImmutableArray.CreateBuilder<Digest>();
        Span<byte> bytes = stackalloc byte[64];
        foreach ((DigestAlgorithms algorithm, IncrementalHash hash) in _hashes)
            digests.Add(new Digest(algorithm, bytes[..hash.GetHashAndReset(bytes)]));
        if (_blake3 is not null)
        {
            _blake3.Finish(bytes[..Blake3.HashSizeInBytes]);
            digests.Add(new Digest(DigestAlgorithms.Blake3, bytes[..Blake3.HashSizeInBytes]));
            _blake3 = new Blake3();
        }

        return digests.ToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, IncrementalHash hash) in _hashes)
            hash.Dispose();
    }

    private static HashAlgorithmName PlatformName(DigestAlgorithms algorithm) => algorithm switch
    {
        DigestAlgorithms.Md5 => HashAlgorithmName.MD5,
        DigestAlgorithms.Sha1 => HashAlgorithmName.SHA1,
        DigestAlgorithms.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithms.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithms.Sha512 => HashAlgorithmName.SHA512,
        DigestAlgorithms.Sha3Bits256 => HashAlgorithmName.SHA3_256,
        DigestAlgorithms.Sha3Bits384 => HashAlgorithmName.SHA3_384,
        _ => HashAlgorithmName.SHA3_512,
    };
}
