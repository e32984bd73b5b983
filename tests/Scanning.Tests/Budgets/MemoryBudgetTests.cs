using System.Buffers;
using SecurityToolchain.Scanning.Budgets;

namespace SecurityToolchain.Scanning.Tests.Budgets;

public sealed class MemoryBudgetTests
{
    [Fact]
    public void Rent_ManyThreads_NeverExceedsTheLimit()
    {
        var budget = new MemoryBudget(1000);
        int refused = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 25_000; i++)
            {
                if (budget.TryReserve(300, out IDisposable? reservation))
                {
                    if (budget.InUse > 1000)
                        throw new InvalidOperationException("over the limit");
                    reservation!.Dispose();
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            }
        });
        Assert.InRange(budget.Peak, 300, 1000);
        Assert.Equal(0, budget.InUse);
    }

    [Fact]
    public void Rent_OverTheLimit_TellsTheThreeFigures()
    {
        var budget = new MemoryBudget(1000);
        using IMemoryOwner<byte> first = budget.Rent(600);
        AllocationLimitExceededException exception = Assert.Throws<AllocationLimitExceededException>(() => budget.Rent(500));
        Assert.Equal((500, 600, 1000), (exception.Requested, exception.Current, exception.Limit));
        Assert.Contains("600 of 1000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_Twice_ReturnsOnce()
    {
        var budget = new MemoryBudget(1000);
        IMemoryOwner<byte> owner = budget.Rent(600);
        using IMemoryOwner<byte> other = budget.Rent(100);
        owner.Dispose();
        owner.Dispose();
        Assert.Equal(100, budget.InUse);
        Assert.Throws<ObjectDisposedException>(() => owner.Memory);
    }

    [Fact]
    public void WorkBudget_UsedUp_NamesTheSpender()
    {
        var budget = new WorkBudget(100);
        budget.Spend("a", 60);
        ScanLimitException exception = Assert.Throws<ScanLimitException>(() => budget.Spend("b", 41));
        Assert.Equal(("MaxWorkUnits", 100, "b"), (exception.LimitName, exception.Limit, exception.Spender));
        Assert.Equal(60, budget.SpentBy["a"]);
        Assert.Throws<ScanLimitException>(() => budget.Spend("b", long.MaxValue));
    }
}
