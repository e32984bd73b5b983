using System.Buffers;
using SecurityToolchain.Runtime.Limits;

namespace SecurityToolchain.Runtime.Tests.Limits;

public sealed class MemoryBudgetTests
{
    [Fact]
    public void Rent_ManyThreads_NeverExceedsTheLimit()
    {
        const int Limit = 1_000;
        var budget = new MemoryBudget(Limit);
        long inUse = 0;
        long peak = 0;
        long granted = 0;
        var threads = Enumerable.Range(0, 8).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < 200_000; i++)
            {
                int size = 100 + ((i + thread) % 300);
                if (!budget.TryRent(size, out IMemoryOwner<byte>? owner))
                    continue;
                long now = Interlocked.Add(ref inUse, size);
                InterlockedMax(ref peak, now);
                Interlocked.Increment(ref granted);
                Interlocked.Add(ref inUse, -size);
                owner.Dispose();
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.True(peak <= Limit, $"peak {peak}");
        Assert.True(granted > 0);
        Assert.Equal(0, budget.UsedInBytes);
    }

    [Fact]
    public void Rent_BeyondTheLimit_SaysTheThreeNumbers()
    {
        var budget = new MemoryBudget(1_000);
        using IMemoryOwner<byte> owner = budget.Rent(700);
        Assert.Equal(700, owner.Memory.Length);
        AllocationLimitExceededException error = Assert.Throws<AllocationLimitExceededException>(() => budget.Rent(301));
        Assert.Equal((301, 700, 1_000), (error.Requested, error.Current, error.Limit));
        Assert.Contains("301", error.Message, StringComparison.Ordinal);
        using IMemoryOwner<byte> rest = budget.Rent(300);
        Assert.Equal(1_000, budget.UsedInBytes);
        Assert.False(budget.TryRent(1, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => budget.Rent(-1));
    }

    [Fact]
    public void Dispose_Twice_GivesBackOnce()
    {
        var budget = new MemoryBudget(1_000);
        IMemoryOwner<byte> owner = budget.Rent(400);
        owner.Memory.Span.Fill(7);
        owner.Dispose();
        owner.Dispose();
        Assert.Equal(0, budget.UsedInBytes);
        Assert.Throws<ObjectDisposedException>(() => owner.Memory);
        using IMemoryOwner<byte> next = budget.Rent(400);
        Assert.Equal(-1, next.Memory.Span.IndexOfAnyExcept((byte)0));
    }

    private static void InterlockedMax(ref long target, long value)
    {
        long seen = Interlocked.Read(ref target);
        while (value > seen)
        {
            long before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
