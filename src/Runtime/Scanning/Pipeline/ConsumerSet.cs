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

    public ConsumerSet(ScanOptions options)
    {
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
