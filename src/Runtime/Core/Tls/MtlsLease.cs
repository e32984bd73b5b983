namespace SecurityToolchain.Runtime.Tls;

/// <summary>A connection on loan from a <see cref="MtlsConnectionPool"/>; disposing of it hands it back.</summary>
public sealed class MtlsLease : IAsyncDisposable
{
    private readonly MtlsConnectionPool _pool;
    private MtlsConnection? _connection;
    private bool _broken;

    internal MtlsLease(MtlsConnectionPool pool, MtlsConnection connection)
    {
        _pool = pool;
        _connection = connection;
    }

    /// <summary>The connection.</summary>
    /// <exception cref="ObjectDisposedException">The lease was handed back.</exception>
    public MtlsConnection Connection => _connection ?? throw new ObjectDisposedException(nameof(MtlsLease));

    /// <summary>Says that an exchange ended half way, so that the connection must not be used again.</summary>
    public void MarkBroken() => _broken = true;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _connection, null) is { } connection ? _pool.ReturnAsync(connection, !_broken) : ValueTask.CompletedTask;
}
