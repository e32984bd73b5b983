using System.Globalization;
using System.Threading.RateLimiting;
using SecurityToolchain.AspNetCore.RateLimiting;

namespace SecurityToolchain.AspNetCore.Tests.RateLimiting;

/// <summary>Measures memory of the process, so nothing else runs meanwhile.</summary>
[Collection(nameof(RateLimiterMemoryTests))]
[CollectionDefinition(nameof(RateLimiterMemoryTests), DisableParallelization = true)]
public sealed class RateLimiterMemoryTests
{
    [Fact]
    public void MillionIds_KeepTheTableBounded_AndResetNobody()
    {
        var time = new ManualTime();
        using var limiter = new ClientRateLimiter(new ClientRateLimitOptions { PermitLimit = 2, Window = TimeSpan.FromSeconds(60), MaxClients = 1_000 }, time);
        Assert.True(Take(limiter, "victim"));
        Assert.True(Take(limiter, "victim"));
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < 1_000_000; i++)
            Take(limiter, i.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(1_000, limiter.ClientCount);
        Assert.False(Take(limiter, "victim"));
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 2_000_000, "The table grew with the ids.");
    }

    private static bool Take(ClientRateLimiter limiter, string id)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(id);
        return lease.IsAcquired;
    }
}
