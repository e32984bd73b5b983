using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace SecurityToolchain.Runtime.Limits;

/// <summary>
/// Lends buffers up to a total. The total is reserved before memory is taken and is exact under contention: it is never exceeded, not
/// even for a moment. All members may be used by several threads at once.
/// </summary>
public sealed class MemoryBudget
{
    private long _used;

    /// <summary>Creates a budget.</summary>
    /// <param name="limitInBytes">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    public MemoryBudget(long limitInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limitInBytes, 1);
        LimitInBytes = limitInBytes;
    }

    /// <summary>Bytes that may be in use at one time.</summary>
    public long LimitInBytes { get; }

    /// <summary>Bytes in use now.</summary>
    public long UsedInBytes => Interlocked.Read(ref _used);

    /// <summary>Lends a buffer of exactly the size asked for; its content is zeros.</summary>
    /// <param name="sizeInBytes">0 or more.</param>
    /// <returns>Gives the bytes back to the budget when it is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="AllocationLimitExceededException">The budget has not so many bytes left.</exception>
    public IMemoryOwner<byte> Rent(int sizeInBytes) =>
        TryReserve(sizeInBytes, out long used)
            ? new Rented(this, sizeInBytes)
            : throw new AllocationLimitExceededException(sizeInBytes, used, LimitInBytes);

    /// <summary>Lends a buffer if the budget has so many bytes left.</summary>
    /// <param name="sizeInBytes">0 or more.</param>
    /// <param name="owner">Gives the bytes back to the budget when it is disposed; or <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public bool TryRent(int sizeInBytes, [NotNullWhen(true)] out IMemoryOwner<byte>? owner)
    {
        owner = TryReserve(sizeInBytes, out _) ? new Rented(this, sizeInBytes) : null;
        return owner is not null;
    }

    private bool TryReserve(long size, out long used)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        used = Interlocked.Read(ref _used);
        while (size <= LimitInBytes - used)
        {
            long seen = Interlocked.CompareExchange(ref _used, used + size, used);
            if (seen == used)
                return true;
            used = seen;
        }

        return false;
    }

    private sealed class Rented : IMemoryOwner<byte>
    {
        private readonly MemoryBudget _budget;
        private readonly int _size;
        private byte[]? _buffer;

        public Rented(MemoryBudget budget, int size)
        {
            _budget = budget;
            _size = size;
            try
            {
                // No pool: its arrays are up to twice as large as what is asked for, and it keeps them after the budget got them back.
                _buffer = new byte[size];
            }
            catch (OutOfMemoryException)
            {
                Interlocked.Add(ref budget._used, -size);
                throw;
            }
        }

        public Memory<byte> Memory => _buffer ?? throw new ObjectDisposedException(nameof(IMemoryOwner<>));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _buffer, null) is not { } buffer)
                return;
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(buffer);
            Interlocked.Add(ref _budget._used, -_size);
        }
    }
}
