using Microsoft.Extensions.Caching.Memory;

namespace SecurityToolchain.Runtime.Caching;

/// <summary>Keeps entries in an <see cref="IMemoryCache"/>; an entry's size is its length in bytes, for caches with a size limit.</summary>
/// <param name="cache">The cache; not disposed of.</param>
public sealed class MemoryCacheStore(IMemoryCache cache) : ISecureCacheStore
{
    private readonly IMemoryCache _cache = cache ?? throw new ArgumentNullException(nameof(cache));

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(_cache.Get<byte[]>(name));

    /// <inheritdoc/>
    public ValueTask WriteAsync(string name, byte[] bytes, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _cache.Set(name, bytes, new MemoryCacheEntryOptions { AbsoluteExpiration = expires, Size = bytes.Length });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string name, CancellationToken cancellationToken)
    {
        _cache.Remove(name);
        return ValueTask.CompletedTask;
    }
}
