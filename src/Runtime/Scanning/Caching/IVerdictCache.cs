namespace SecurityToolchain.Scanning.Caching;

/// <summary>Keeps results of earlier scans by content. A cache can only save work: whatever goes wrong in it is a miss. Thread-safe.</summary>
public interface IVerdictCache
{
    /// <summary>Looks a result up.</summary>
    /// <param name="key">The key: content, engine, rules and options.</param>
    /// <returns>What was stored, or null.</returns>
    byte[]? TryRead(CacheKey key);

    /// <summary>Stores a result.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The bytes.</param>
    void Write(CacheKey key, ReadOnlySpan<byte> value);
}
