using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using SecurityToolchain.Runtime.Caching;
using SecurityToolchain.Runtime.Cryptography;
using SecurityToolchain.Runtime.Incidents;
using SecurityToolchain.Runtime.Tests.Incidents;

namespace SecurityToolchain.Runtime.Tests.Caching;

public sealed class SecureCacheTests : IDisposable
{
    private static readonly byte[] s_nameKey = new byte[32];
    private static readonly byte[] s_value = "a value that must not be seen"u8.ToArray();
    private readonly AeadKeyRing _keys = new(new byte[32]);
    private readonly DictionaryStore _store = new();
    private readonly Clock _clock = new();
    private readonly RecordingLogger<SecurityEventLog> _logger = new();
    private readonly SecurityEventLog _events;

    public SecureCacheTests() => _events = new SecurityEventLog(_logger);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _keys.Dispose();
        _events.Dispose();
    }

    [Fact]
    public async Task Value_ComesBack_AndTheStoreSeesNeitherKeyNorValue()
    {
        using SecureCache cache = Create();
        await cache.SetAsync("tenant-a", "customer-42", s_value, TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal(s_value, await cache.GetAsync("tenant-a", "customer-42", Cancellation));
        (string name, byte[] bytes) = Assert.Single(_store.Entries);
        Assert.Matches("^[0-9a-f]{64}$", name);
        string dump = Encoding.Latin1.GetString(bytes);
        Assert.DoesNotContain("must not be seen", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("customer-42", dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherTenantOrSchema_IsAMiss()
    {
        using SecureCache cache = Create();
        using SecureCache newer = Create(new SecureCacheOptions { Schema = "2" });
        await cache.SetAsync("tenant-a", "k", s_value, TimeSpan.FromMinutes(1), Cancellation);

        Assert.Null(await cache.GetAsync("tenant-b", "k", Cancellation));
        Assert.Null(await newer.GetAsync("tenant-a", "k", Cancellation));
        Assert.Empty(_logger.Entries);
    }

    [Fact]
    public async Task ExchangedEntries_AreRemovedAndReported()
    {
        using SecureCache cache = Create();
        await cache.SetAsync("t", "mine", s_value, TimeSpan.FromMinutes(1), Cancellation);
        await cache.SetAsync("t", "yours", "other"u8.ToArray(), TimeSpan.FromMinutes(1), Cancellation);
        string[] names = [.. _store.Entries.Keys];
        (_store.Entries[names[0]], _store.Entries[names[1]]) = (_store.Entries[names[1]], _store.Entries[names[0]]);

        Assert.Null(await cache.GetAsync("t", "mine", Cancellation));
        Assert.Null(await cache.GetAsync("t", "yours", Cancellation));
        Assert.Empty(_store.Entries);
        Assert.Equal(2, _logger.Entries.Count(static entry => entry.Text.Contains("IntegrityFailure", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EveryFlippedBitAndEveryTruncation_IsAMiss()
    {
        using SecureCache cache = Create(new SecureCacheOptions { MaxOperationsPerSecond = 1_000_000 });
        await cache.SetAsync("t", "k", s_value, TimeSpan.FromMinutes(1), Cancellation);
        (string name, byte[] original) = Assert.Single(_store.Entries);

        for (int bit = 0; bit < original.Length * 8; bit++)
        {
            byte[] changed = [.. original];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            _store.Entries[name] = changed;
            Assert.Null(await cache.GetAsync("t", "k", Cancellation));
        }

        for (int length = 0; length < original.Length; length++)
        {
            _store.Entries[name] = original[..length];
            Assert.Null(await cache.GetAsync("t", "k", Cancellation));
        }
    }

    [Fact]
    public async Task TimeToLive_IsCut_AndHeldByTheCacheItself()
    {
        using SecureCache cache = Create(new SecureCacheOptions { MaxTimeToLive = TimeSpan.FromMinutes(10) });
        await cache.SetAsync("t", "k", s_value, TimeSpan.FromDays(365), Cancellation);

        _clock.Now += TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1);
        Assert.NotNull(await cache.GetAsync("t", "k", Cancellation));
        _clock.Now += TimeSpan.FromTicks(1);
        Assert.Null(await cache.GetAsync("t", "k", Cancellation));
        Assert.Empty(_store.Entries);
        Assert.Empty(_logger.Entries);
    }

    [Fact]
    public async Task Rate_IsExact()
    {
        using SecureCache cache = Create(new SecureCacheOptions { MaxOperationsPerSecond = 1_000 });
        for (int i = 0; i < 1_000; i++)
            await cache.GetAsync("t", "k", Cancellation);

        await Assert.ThrowsAsync<CacheRateLimitException>(() => cache.GetAsync("t", "k", Cancellation).AsTask());
        _clock.Ticks += TimeSpan.TicksPerMillisecond;
        Assert.Null(await cache.GetAsync("t", "k", Cancellation));
    }

    [Fact]
    public async Task RotatedKey_KeepsOldEntriesReadable_UntilItIsRetired()
    {
        using SecureCache cache = Create();
        uint old = _keys.ActiveKeyId;
        await cache.SetAsync("t", "k", s_value, TimeSpan.FromMinutes(1), Cancellation);
        _keys.Rotate([.. Enumerable.Repeat((byte)7, 32)]);
        Assert.Equal(s_value, await cache.GetAsync("t", "k", Cancellation));

        _keys.Retire(old);

        Assert.Null(await cache.GetAsync("t", "k", Cancellation));
    }

    [Fact]
    public async Task FrameworkCaches_ServeAsStores()
    {
        using var memory = new MemoryCache(Options.Create(new MemoryCacheOptions { SizeLimit = 10_000 }));
        var distributed = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        foreach (ISecureCacheStore store in new ISecureCacheStore[] { new MemoryCacheStore(memory), new DistributedCacheStore(distributed) })
        {
            using var cache = new SecureCache(store, _keys, s_nameKey);
            await cache.SetAsync("t", "k", s_value, TimeSpan.FromMinutes(1), Cancellation);
            Assert.Equal(s_value, await cache.GetAsync("t", "k", Cancellation));
            await cache.RemoveAsync("t", "k", Cancellation);
            Assert.Null(await cache.GetAsync("t", "k", Cancellation));
        }
    }

    [Fact]
    public async Task BadArguments_AreRefused()
    {
        using SecureCache cache = Create(new SecureCacheOptions { MaxValueSizeInBytes = 4 });
        await Assert.ThrowsAsync<ArgumentException>(() => cache.SetAsync("t", "k", new byte[5], TimeSpan.FromMinutes(1), Cancellation).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cache.SetAsync("t", "k", new byte[4], TimeSpan.Zero, Cancellation).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => cache.GetAsync(string.Empty, "k", Cancellation).AsTask());
        Assert.Throws<ArgumentException>(() => new SecureCache(_store, _keys, new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(new SecureCacheOptions { MaxTimeToLive = TimeSpan.FromDays(31) }));
    }

    private SecureCache Create(SecureCacheOptions? options = null) => new(_store, _keys, s_nameKey, options, _events, _clock);

    private sealed class DictionaryStore : ISecureCacheStore
    {
        public Dictionary<string, byte[]> Entries { get; } = [];

        public ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(Entries.GetValueOrDefault(name));

        public ValueTask WriteAsync(string name, byte[] bytes, DateTimeOffset expires, CancellationToken cancellationToken)
        {
            Entries[name] = bytes;
            return ValueTask.CompletedTask;
        }

        public ValueTask RemoveAsync(string name, CancellationToken cancellationToken)
        {
            Entries.Remove(name);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Ticks;
    }
}
