namespace SecurityToolchain.Runtime.Caching;

/// <summary>Where the encrypted entries lie. Sees neither keys nor values.</summary>
public interface ISecureCacheStore
{
    /// <summary>Returns the bytes under a name, or null.</summary>
    /// <param name="name">Name of the entry, 64 hexadecimal digits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<byte[]?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores bytes under a name until a time.</summary>
    /// <param name="name">Name of the entry.</param>
    /// <param name="bytes">The entry: opaque, and not to be changed.</param>
    /// <param name="expires">When the store may forget it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask WriteAsync(string name, byte[] bytes, DateTimeOffset expires, CancellationToken cancellationToken);

    /// <summary>Removes a name, if it is there.</summary>
    /// <param name="name">Name of the entry.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask RemoveAsync(string name, CancellationToken cancellationToken);
}
