using SecurityToolchain.Runtime.Tls;

namespace SecurityToolchain.Runtime.Tests.Tls;

public sealed class MtlsConnectionPoolTests : IAsyncLifetime
{
    private readonly TestCa _ca = new();
    private EchoServer _echo = null!;
    private MtlsConnector _connector = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        (string certificate, string key, _) = _ca.Issue("both", "dns:localhost", [TestCa.ServerAuthentication, TestCa.ClientAuthentication]);
        var options = new MtlsOptions { CertificatePath = certificate, KeyPath = key, TrustPath = _ca.TrustPath };
        options.AllowedIdentities.Add("dns:localhost");
        var store = new MtlsStore(options);
        _echo = new EchoServer(store);
        _connector = new MtlsConnector(store);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _echo.DisposeAsync();
        _ca.Dispose();
    }

    [Fact]
    public async Task ReturnedConnection_IsUsedAgain()
    {
        await using var pool = new MtlsConnectionPool(_connector, "localhost", _echo.Port);
        for (int i = 0; i < 200; i++)
        {
            await using MtlsLease lease = await pool.AcquireAsync(Cancellation);
            await PingAsync(lease);
        }

        Assert.Equal(1, _echo.Accepted);
        Assert.Equal(1, pool.IdleCount);
    }

    [Fact]
    public async Task TenThousandRents_OpenNoMoreConnectionsThanThePoolHas()
    {
        await using var pool = new MtlsConnectionPool(_connector, "localhost", _echo.Port, new MtlsPoolOptions { MaxConnections = 4, AcquireTimeout = TimeSpan.FromMinutes(5) });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 1_250; i++)
            {
                await using MtlsLease lease = await pool.AcquireAsync(Cancellation);
                if (i % 250 == 0)
                    await PingAsync(lease);
            }
        })));
        Assert.InRange(_echo.Accepted, 1, 4);
        Assert.InRange(pool.IdleCount, 1, 4);
    }

    [Fact]
    public async Task FullPool_Waits_TimesOut_AndServesTheNextReturn()
    {
        var clock = new ManualClock();
        await using var pool = new MtlsConnectionPool(_connector, "localhost", _echo.Port, new MtlsPoolOptions { MaxConnections = 2 }, clock);
        MtlsLease first = await pool.AcquireAsync(Cancellation);
        await using MtlsLease second = await pool.AcquireAsync(Cancellation);

        Task<MtlsLease> waiting = pool.AcquireAsync(Cancellation);
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));
        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.Contains("at most 2", failure.Message, StringComparison.Ordinal);

        await first.DisposeAsync();
        await using MtlsLease third = await pool.AcquireAsync(Cancellation);
        await PingAsync(third);
    }

    [Fact]
    public async Task ConnectionThatThePeerClosed_IsReplaced()
    {
        await using var pool = new MtlsConnectionPool(_connector, "localhost", _echo.Port);
        MtlsConnection closed;
        await using (MtlsLease lease = await pool.AcquireAsync(Cancellation))
        {
            closed = lease.Connection;
            await PingAsync(lease);
        }

        _echo.DropClients();
        for (int i = 0; i < 100 && closed.IsHealthy; i++)
            await Task.Delay(10, Cancellation);
        await using MtlsLease next = await pool.AcquireAsync(Cancellation);

        Assert.NotSame(closed, next.Connection);
        await PingAsync(next);
    }

    [Fact]
    public async Task BrokenLease_IsNotKept()
    {
        await using var pool = new MtlsConnectionPool(_connector, "localhost", _echo.Port);
        await using (MtlsLease lease = await pool.AcquireAsync(Cancellation))
            lease.MarkBroken();

        Assert.Equal(0, pool.IdleCount);
    }

    [Fact]
    public async Task OldAndIdleConnections_AreReplaced()
    {
        var time = new Manual();
        var connector = new MtlsConnector(Store(), time);
        await using var pool = new MtlsConnectionPool(
            connector, "localhost", _echo.Port, new MtlsPoolOptions { IdleTimeout = TimeSpan.FromSeconds(60), MaxLifetime = TimeSpan.FromMinutes(10) }, time);
        MtlsConnection first = await UseAsync(pool);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Same(first, await UseAsync(pool));
        time.Advance(TimeSpan.FromSeconds(61));
        MtlsConnection second = await UseAsync(pool);
        Assert.NotSame(first, second);
        for (int i = 0; i < 11; i++)
        {
            time.Advance(TimeSpan.FromSeconds(55));
            MtlsConnection current = await UseAsync(pool);
            if (i == 10)
                Assert.NotSame(second, current);
        }
    }

    [Fact]
    public void BadLimits_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MtlsConnectionPool(_connector, "h", 1, new MtlsPoolOptions { MaxConnections = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MtlsConnectionPool(_connector, "h", 1, new MtlsPoolOptions { MaxLifetime = TimeSpan.Zero }));
    }

    private static async Task<MtlsConnection> UseAsync(MtlsConnectionPool pool)
    {
        await using MtlsLease lease = await pool.AcquireAsync(Cancellation);
        await PingAsync(lease);
        return lease.Connection;
    }

    private static async Task PingAsync(MtlsLease lease)
    {
        await lease.Connection.Stream.WriteAsync(new byte[] { 9 }, Cancellation);
        byte[] back = new byte[1];
        await lease.Connection.Stream.ReadExactlyAsync(back, Cancellation);
        Assert.Equal(9, back[0]);
    }

    private MtlsStore Store()
    {
        (string certificate, string key, _) = _ca.Issue("more", "dns:localhost", [TestCa.ClientAuthentication]);
        return new MtlsStore(new MtlsOptions { CertificatePath = certificate, KeyPath = key, TrustPath = _ca.TrustPath });
    }

    private sealed class Manual : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
