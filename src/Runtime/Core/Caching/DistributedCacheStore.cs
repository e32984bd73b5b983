using Microsoft.Extensions.Caching.Distributed;

namespace SecurityToolchain.Runtime.Caching;

/// <summary>Keeps entries in an <see cref="IDistributedCache"/> (Redis, SQL Server, PostgreSQL, memory ...).</summary>
/// <param name="cache">The cache; not disposed of.</param>
public sealed class DistributedCacheStore(IDistributedCache cache) : ISecureCacheStore
{
    private readonly IDistributedCache _cache = cache ?? throw new ArgumentNullException(nameof(cache));

    /// <inheritdoc/>
    public async ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) => await _cache.GetAsync(name, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string name, byte[] bytes, DateTimeOffset expires, CancellationToken cancellationToken) =>
        await _cache.SetAsync(name, bytes, new DistributedCacheEntryOptions { AbsoluteExpiration = expires }, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(string name, CancellationToken cancellationToken) => await _cache.RemoveAsync(name, cancellationToken).ConfigureAwait(false);
}
