namespace SecurityToolchain.Runtime.Caching;

/// <summary>Where the encrypted entries lie. Sees neither keys nor values.</summary>
public interface ISecureCacheStore
{
    /// <summary>Returns the bytes under a name, or null.</summary>
    ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores bytes under a name until a time.</summary>
    ValueTask WriteAsync(string name, byte[] bytes, DateTimeOffset expires, CancellationToken cancellationToken);

    /// <summary>Removes a name, if it is there.</summary>
    ValueTask RemoveAsync(string name, CancellationToken cancellationToken);
}
