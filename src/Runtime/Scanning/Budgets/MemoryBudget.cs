using System.Buffers;

namespace SecurityToolchain.Scanning.Budgets;

/// <summary>
/// A ceiling for the bytes that parsers and buffers hold at one time. The reservation is made with a compare-and-swap before anything
/// is allocated, so the sum is never above the limit, whatever the number of threads. Thread-safe.
/// </summary>
public sealed class MemoryBudget
{
    // Up to here a pooled array is faster; above it, arrays would stay in the pool of each thread for long.
    private const int MaxPooledLength = 1 << 20;

    private long _inUse;
    private long _peak;

    /// <summary>Creates a budget.</summary>
    /// <param name="limit">The limit in bytes, at least 1.</param>
    public MemoryBudget(long limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Limit = limit;
    }

    /// <summary>The limit in bytes.</summary>
    public long Limit { get; }

    /// <summary>The bytes that are reserved now.</summary>
    public long InUse => Interlocked.Read(ref _inUse);

    /// <summary>The highest value that <see cref="InUse"/> ever had.</summary>
    public long Peak => Interlocked.Read(ref _peak);

    /// <summary>The bytes that can still be reserved.</summary>
    public long Available => Limit - InUse;

    /// <summary>Reserves bytes.</summary>
    /// <param name="bytes">The number of bytes, 0 or more.</param>
    /// <param name="reservation">Gives the bytes back when disposed; disposing twice has no effect.</param>
    /// <returns>False when the limit would be exceeded; nothing is reserved then.</returns>
    public bool TryReserve(long bytes, out IDisposable? reservation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        reservation = TryTake(bytes) ? new Reservation(this, bytes) : null;
        return reservation is not null;
    }

    /// <summary>Rents a buffer.</summary>
    /// <param name="length">The length of the memory in bytes, 0 or more.</param>
    /// <returns>The owner; disposing it clears nothing and gives the bytes back once.</returns>
    /// <exception cref="AllocationLimitExceededException">The limit would be exceeded; nothing was allocated.</exception>
    public IMemoryOwner<byte> Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (!TryTake(length))
            throw new AllocationLimitExceededException(length, InUse, Limit);
        try
        {
            return length > MaxPooledLength ? new Owner(this, new NativeBuffer(length), length) : new Owner(this, ArrayPool<byte>.Shared.Rent(length), length);
        }
        catch
        {
            Return(length);
            throw;
        }
    }

    private bool TryTake(long bytes)
    {
        long current = Interlocked.Read(ref _inUse);
        while (true)
        {
            if (bytes > Limit - current)
                return false;
            long seen = Interlocked.CompareExchange(ref _inUse, current + bytes, current);
            if (seen == current)
                break;
            current = seen;
        }

        long now = current + bytes;
        long peak = Interlocked.Read(ref _peak);
        while (now > peak)
        {
            long seen = Interlocked.CompareExchange(ref _peak, now, peak);
            if (seen == peak)
                break;
            peak = seen;
        }

        return true;
    }

    private void Return(long bytes) => Interlocked.Add(ref _inUse, -bytes);

    private sealed class Reservation(MemoryBudget budget, long bytes) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                budget.Return(bytes);
        }
    }

    private sealed class Owner : IMemoryOwner<byte>
    {
        private readonly MemoryBudget _budget;
        private readonly int _length;
        private byte[]? _array;
        private NativeBuffer? _native;

        public Owner(MemoryBudget budget, byte[] array, int length) => (_budget, _array, _length) = (budget, array, length);

        public Owner(MemoryBudget budget, NativeBuffer native, int length) => (_budget, _native, _length) = (budget, native, length);

        public Memory<byte> Memory
        {
            get
            {
                if (_array is { } array)
                    return array.AsMemory(0, _length);
                ObjectDisposedException.ThrowIf(_native is null, this);
                return _native.Memory;
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _array, null) is { } array)
                ArrayPool<byte>.Shared.Return(array);
            else if (Interlocked.Exchange(ref _native, null) is IDisposable native)
                native.Dispose();
            else
                return;
            _budget.Return(_length);
        }
    }
}
