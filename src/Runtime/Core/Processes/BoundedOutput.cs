using System.Buffers;

namespace SecurityToolchain.Runtime.Processes;

/// <summary>Empties a pipe to its end and keeps the first bytes of it.</summary>
internal sealed class BoundedOutput(int maxBytes, bool truncate, CancellationTokenSource overflow)
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Lock _change = new();

    public bool IsTruncated { get; private set; }

    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            lock (_change)
                return _kept.WrittenMemory.ToArray();
        }
    }

    public async Task DrainAsync(Stream pipe, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16 * 1024];
        int count;
        while ((count = await pipe.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (Keep(buffer.AsSpan(0, count)))
                continue;
            IsTruncated = true;
            if (!truncate)
                await overflow.CancelAsync();
        }
    }

    /// <summary>Returns whether all of it was kept.</summary>
    private bool Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_change)
        {
            int room = maxBytes - _kept.WrittenCount;
            _kept.Write(bytes[..Math.Min(bytes.Length, room)]);
            return bytes.Length <= room;
        }
    }
}
