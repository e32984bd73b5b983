using System.Globalization;
using System.Threading.RateLimiting;
using SecurityToolchain.AspNetCore.RateLimiting;

namespace SecurityToolchain.AspNetCore.Tests.RateLimiting;

public sealed class ClientRateLimiterTests
{
    private static ClientRateLimitOptions Options(int permits, int maxClients = 10) =>
        new() { PermitLimit = permits, Window = TimeSpan.FromSeconds(60), MaxClients = maxClients };

    [Fact]
    public void Limit_IsExactWithinAWindow_AndRetryAfterIsHonest()
    {
        var time = new ManualTime();
        using var limiter = new ClientRateLimiter(Options(3), time);
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(Take(limiter, "a")));

        using RateLimitLease refused = limiter.AttemptAcquire("a");

        Assert.False(refused.IsAcquired);
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait));
        time.Advance(wait - TimeSpan.FromTicks(1));
        Assert.False(Take(limiter, "a"));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.True(Take(limiter, "a"));
    }

    [Fact]
    public void WindowEdge_DoesNotAllowTwiceTheLimit()
    {
        var time = new ManualTime();
        using var limiter = new ClientRateLimiter(Options(10), time);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(10, Enumerable.Range(0, 20).Count(_ => Take(limiter, "a")));

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.InRange(Enumerable.Range(0, 20).Count(_ => Take(limiter, "a")), 0, 1);
    }

    [Fact]
    public void RetryAfter_ForEveryMomentOfTheWindow_IsTheFirstMomentThatWorks()
    {
        for (int second = 0; second < 60; second += 7)
        {
            var time = new ManualTime();
            using var limiter = new ClientRateLimiter(Options(5), time);
            time.Advance(TimeSpan.FromSeconds(second));
            while (Take(limiter, "a"))
                time.Advance(TimeSpan.FromSeconds(1));

            using RateLimitLease refused = limiter.AttemptAcquire("a");
            Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait));
            time.Advance(wait);
            Assert.True(Take(limiter, "a"), string.Create(CultureInfo.InvariantCulture, $"Refused after the promised {wait}."));
        }
    }

    [Fact]
    public void Sixteen_Threads_TakeExactlyTheLimit()
    {
        using var limiter = new ClientRateLimiter(Options(1_000), new ManualTime());
        int granted = 0;

        Parallel.For(0, 16, _ =>
        {
            for (int i = 0; i < 500; i++)
            {
                if (Take(limiter, "a"))
                    Interlocked.Increment(ref granted);
            }
        });

        Assert.Equal(1_000, granted);
    }

    [Fact]
    public void FullTable_NewIdsShareOneCount_UntilAPlaceIsFree()
    {
        var time = new ManualTime();
        using var limiter = new ClientRateLimiter(Options(1, maxClients: 2), time);
        Assert.True(Take(limiter, "a"));
        Assert.True(Take(limiter, "b"));
        Assert.True(Take(limiter, "c"));
        Assert.False(Take(limiter, "d"));

        time.Advance(TimeSpan.FromMinutes(3));

        Assert.True(Take(limiter, "d"));
        Assert.True(Take(limiter, "e"));
    }

    [Theory]
    [InlineData(0, 60, 10)]
    [InlineData(1, 0, 10)]
    [InlineData(1, 60, 0)]
    public void BadOptions_AreRefused(int permits, int seconds, int clients) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClientRateLimiter(
            new ClientRateLimitOptions { PermitLimit = permits, Window = TimeSpan.FromSeconds(seconds), MaxClients = clients }));

    private static bool Take(ClientRateLimiter limiter, string id)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(id);
        return lease.IsAcquired;
    }
}
