using SecurityToolchain.Scanning.Budgets;
using SecurityToolchain.Scanning.Pipeline;

namespace SecurityToolchain.Scanning.Archives;

/// <summary>Counts bytes as they come out of a decompressor and stops it at the limits. What headers say about sizes plays no part.</summary>
internal sealed class CountingStream : Stream
{
    private readonly Stream _inner;
    private readonly AnalysisContext _context;
    private readonly long _compressedLength;
    private readonly Crc32 _crc = new();

    /// <param name="inner">The inflating stream.</param>
    /// <param name="context">The archive, for limits and totals.</param>
    /// <param name="compressedLength">The stored bytes that the member really has.</param>
    public CountingStream(Stream inner, AnalysisContext context, long compressedLength)
    {
        _inner = inner;
        _context = context;
        _compressedLength = Math.Max(1, compressedLength);
    }

    /// <summary>The bytes that came out.</summary>
    public long Count { get; private set; }

    /// <summary>The checksum of the bytes that came out.</summary>
    public uint Checksum => _crc.Value;

    /// <summary>The limit that was reached, or null.</summary>
    public string? Violation { get; private set; }

    /// <summary>Whether the stream was read to its end.</summary>
    public bool AtEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _inner.Read(buffer);
        }
        catch (InvalidOperationException exception)
        {
            // The framework's Brotli decoder reports damaged data as a wrong call; all others throw what follows.
            throw new InvalidDataException("The compressed data is damaged.", exception);
        }

        if (read == 0 && !buffer.IsEmpty)
        {
            AtEnd = true;
            return 0;
        }

        Count += read;
        _context.Archives.Uncompressed += read;
        _crc.Append(buffer[..read]);
        ScanLimits limits = _context.Limits;
        if (Count > limits.CompressionRatioFloor && Count / _compressedLength >= limits.MaxCompressionRatio)
            Stop(nameof(ScanLimits.MaxCompressionRatio), limits.MaxCompressionRatio);
        if (_context.Archives.Uncompressed > limits.MaxTotalUncompressed)
            Stop(nameof(ScanLimits.MaxTotalUncompressed), limits.MaxTotalUncompressed);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    private void Stop(string name, long limit)
    {
        Violation = name;
        _context.Archives.Refused = true;
        throw new ScanLimitException(name, limit, "inflating");
    }
}
