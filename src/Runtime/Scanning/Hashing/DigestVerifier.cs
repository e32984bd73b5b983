using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Inputs;

namespace SecurityToolchain.Scanning.Hashing;

/// <summary>Hashes files through one open handle and compares digests in constant time. Thread-safe.</summary>
public sealed class DigestVerifier
{
    private readonly ScanLimits _limits;
    private readonly TimeProvider _timeProvider;
    private long _bytesRead;

    /// <summary>Creates a verifier.</summary>
    /// <param name="limits">File size, block size and time; null takes the defaults.</param>
    /// <param name="timeProvider">The clock for the deadline; null takes the system's.</param>
    public DigestVerifier(ScanLimits? limits = null, TimeProvider? timeProvider = null)
    {
        _limits = limits ?? ScanLimits.Default;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Whether MD5 and SHA-1 are refused as proof. Default on.</summary>
    public bool RequireSecureAlgorithms { get; init; } = true;

    /// <summary>The bytes that were read so far, over all files; shows that a refused file was refused without reading it.</summary>
    internal long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Hashes a file.</summary>
    /// <param name="path">The file; a link in the last place is followed, special files are refused.</param>
    /// <param name="algorithms">The algorithms.</param>
    /// <param name="cancellationToken">Stops the work at the next block.</param>
    /// <returns>The digests and the length in bytes.</returns>
    /// <exception cref="IOException">The file is missing, unreadable, special, or changed while it was read.</exception>
    /// <exception cref="ScanLimitException">The file is too large or took too long.</exception>
    public (IReadOnlyList<Digest> Digests, long Length) Compute(string path, DigestAlgorithms algorithms, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using OpenedFile file = FileOpener.Open(path);
        if (file.Handle is null)
            throw file.Problem == ScanIssueKind.NotFound ? new FileNotFoundException(file.Message, path) : new IOException(file.Message);
        if (file.Length > _limits.MaxFileSize)
            throw new ScanLimitException(nameof(ScanLimits.MaxFileSize), _limits.MaxFileSize, path);
        long started = _timeProvider.GetTimestamp();
        using var digests = new DigestPipeline(algorithms);
        long total = digests.Run(Read, file.Length);
        if (total != file.Length)
            throw new IOException($"'{path}' changed while it was read: {file.Length} bytes when it was opened, {total} at the end.");
        return (digests.Finish(), total);

        int Read(Memory<byte> block, long offset)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_timeProvider.GetElapsedTime(started) > _limits.MaxProcessingTime)
                throw new ScanLimitException(nameof(ScanLimits.MaxProcessingTime), (long)_limits.MaxProcessingTime.TotalSeconds, path);
            int read = RandomAccess.Read(file.Handle, block.Span, offset);
            Interlocked.Add(ref _bytesRead, read);
            if (offset + read > file.Length)
                throw new IOException($"'{path}' grew while it was read: it had {file.Length} bytes when it was opened.");
            return read;
        }
    }

    /// <summary>Compares a file with an expected digest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">The digest that it should have.</param>
    /// <param name="cancellationToken">Stops the work at the next block.</param>
    /// <exception cref="IOException">The file is missing, unreadable, special, or changed while it was read.</exception>
    /// <exception cref="ScanLimitException">The file is too large or took too long.</exception>
    public DigestVerification Verify(string path, Digest expected, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (RequireSecureAlgorithms && !DigestAlgorithmFacts.IsSecure(expected.Algorithm))
            return DigestVerification.WeakAlgorithm;
        (IReadOnlyList<Digest> digests, _) = Compute(path, expected.Algorithm, cancellationToken);
        return digests[0].Equals(expected) ? DigestVerification.Match : DigestVerification.Mismatch;
    }
}
