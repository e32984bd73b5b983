namespace SecurityToolchain.Runtime.Tls;

/// <summary>Keeps authenticated connections to one server for use one after the other. May be used by several threads at once.</summary>
public sealed class MtlsConnectionPool : IAsyncDisposable
{
    private readonly MtlsConnector _connector;
    private readonly string _host;
    private readonly int _port;
    private readonly MtlsPoolOptions _options;
    private readonly TimeProvider _time;
#pragma warning disable CA2213 // See DisposeAsync: leases that are still out need it.
    private readonly SemaphoreSlim _places;
#pragma warning restore CA2213
    private readonly Lock _gate = new();
    private readonly Stack<(MtlsConnection Connection, long Returned)> _idle = new();
    private bool _disposed;

    /// <summary>Creates a pool; nothing is opened yet.</summary>
    /// <param name="connector">Opens connections.</param>
    /// <param name="host">The server's name; its certificate must carry it.</param>
    /// <param name="port">1 to 65,535.</param>
    /// <param name="options">The limits; the defaults if <see langword="null"/>.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    public MtlsConnectionPool(MtlsConnector connector, string host, int port, MtlsPoolOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentException.ThrowIfNullOrEmpty(host);
        _options = options ?? new MtlsPoolOptions();
        Check(_options.MaxConnections, 1, 1_000, nameof(MtlsPoolOptions.MaxConnections));
        Check(_options.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(MtlsPoolOptions.IdleTimeout));
        Check(_options.MaxLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(MtlsPoolOptions.MaxLifetime));
        Check(_options.AcquireTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5), nameof(MtlsPoolOptions.AcquireTimeout));
        _connector = connector;
        _host = host;
        _port = port;
        _time = time ?? TimeProvider.System;
        _places = new SemaphoreSlim(_options.MaxConnections);
    }

    /// <summary>Connections that wait to be used.</summary>
    public int IdleCount
    {
        get
        {
            lock (_gate)
                return _idle.Count;
        }
    }

    /// <summary>Gives a healthy connection, an open one if there is one. Dispose of the lease to hand it back.</summary>
    /// <param name="cancellationToken">Ends the wait and the attempt to connect.</param>
    /// <exception cref="TimeoutException">No place or no connection within <see cref="MtlsPoolOptions.AcquireTimeout"/>.</exception>
    public async Task<MtlsLease> AcquireAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var timeout = new CancellationTokenSource(_options.AcquireTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        bool placed = false;
        try
        {
            await _places.WaitAsync(either.Token).ConfigureAwait(false);
            placed = true;
#pragma warning disable CA2000 // The lease owns the connection.
            MtlsConnection connection = await TakeIdleAsync().ConfigureAwait(false)
                ?? await _connector.ConnectAsync(_host, _port, either.Token).ConfigureAwait(false);
            placed = false;
            return new MtlsLease(this, connection);
#pragma warning restore CA2000
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(Error.Invariant($"No connection to {_host}:{_port} within {_options.AcquireTimeout}; at most {_options.MaxConnections} are open at a time."));
        }
        finally
        {
            if (placed)
                _places.Release();
        }
    }

    /// <summary>Closes idle connections; leased ones are closed when they come back.</summary>
    public async ValueTask DisposeAsync()
    {
        MtlsConnection[] idle;
        lock (_gate)
        {
            _disposed = true;
            idle = [.. _idle.Select(static entry => entry.Connection)];
            _idle.Clear();
        }

        // The semaphore stays: leases that are still out release it when they come back, and it holds no handle.
        foreach (MtlsConnection connection in idle)
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    internal async ValueTask ReturnAsync(MtlsConnection connection, bool reusable)
    {
        bool kept = false;
        if (reusable && connection.IsHealthy && _time.GetElapsedTime(connection.Opened) < _options.MaxLifetime)
        {
            lock (_gate)
            {
                if (!_disposed)
                {
                    _idle.Push((connection, _time.GetTimestamp()));
                    kept = true;
                }
            }
        }

        _places.Release();
        if (!kept)
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    private static void Check<T>(T value, T minimum, T maximum, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
            throw Error.OutOfRange("options", name, minimum, maximum, value);
    }

    private async ValueTask<MtlsConnection?> TakeIdleAsync()
    {
        while (true)
        {
            (MtlsConnection Connection, long Returned) entry;
            lock (_gate)
            {
                if (!_idle.TryPop(out entry))
                    return null;
            }

            bool fresh = _time.GetElapsedTime(entry.Returned) < _options.IdleTimeout && _time.GetElapsedTime(entry.Connection.Opened) < _options.MaxLifetime;
            if (fresh && entry.Connection.IsHealthy)
                return entry.Connection;
            await entry.Connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
