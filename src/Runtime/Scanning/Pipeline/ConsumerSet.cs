using System.Collections.Immutable;
using SecurityToolchain.Scanning.Hashing;
using SecurityToolchain.Scanning.Strings;

namespace SecurityToolchain.Scanning.Pipeline;

/// <summary>The consumers that the options ask for, fed together.</summary>
internal sealed class ConsumerSet : IDisposable
{
    private readonly DigestSet _digests;
    private bool _finished;
    private readonly EntropyCounter _entropy = new();
    private readonly SimilarityDigest? _similarity;
    private readonly StringExtractor? _strings;
    private readonly Blake3? _contentDigest;

    public ConsumerSet(ScanOptions options, bool withContentDigest = false)
    {
        _contentDigest = withContentDigest ? new Blake3() : null;
        _digests = DigestSetPool.Rent(options.Digests);
        _similarity = options.SimilarityDigest ? new SimilarityDigest() : null;
        _strings = options.KeepStrings ? new StringExtractor(options.Limits.MaxStrings, options.Limits.MaxStringLength) : null;
    }

    public bool StringsTruncated => _strings is { Truncated: true };

    public void Append(ReadOnlySpan<byte> block)
    {
        _digests.Append(block);
        _entropy.Append(block);
        _similarity?.Append(block);
        _strings?.Append(block);
        _contentDigest?.Append(block);
    }

    /// <summary>The digest that names the content in the cache; null when it was not asked for.</summary>
    public byte[]? ContentDigest()
    {
        if (_contentDigest is null)
            return null;
        byte[] digest = new byte[Blake3.HashSizeInBytes];
        _contentDigest.Finish(digest);
        return digest;
    }

    public (ImmutableArray<Digest> Digests, string? Similarity, double? Entropy, ImmutableArray<ExtractedString> Strings) Finish()
    {
        _finished = true;
        return (_digests.Finish(), _similarity?.Finish(), _entropy.Entropy(), _strings?.Finish() ?? []);
    }

    public void Dispose()
    {
        // A set that was left in the middle of a file would carry its bytes into the next one.
        if (_finished)
            DigestSetPool.Return(_digests);
        else
            _digests.Dispose();
    }
}
