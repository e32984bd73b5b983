using System.Threading.RateLimiting;

namespace SecurityToolchain.AspNetCore.RateLimiting;

/// <summary>
/// A sliding-window limiter for each client id, in bounded memory: at most <see cref="ClientRateLimitOptions.MaxClients"/> ids are counted
/// one by one. When the table is full, only clients whose past no longer matters give up their place; everybody else's count stays, and
/// new ids share one count until a place is free.
/// </summary>
/// <remarks>All members may be used by several threads at once; every operation takes constant time.</remarks>
public sealed class ClientRateLimiter : PartitionedRateLimiter<string>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Client>> _clients;
    private readonly LinkedList<Client> _leastRecentFirst = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly long _windowTicks;
    private readonly int _permitLimit;
    private readonly int _maxClients;
    private ClientWindow _overflow;

    /// <summary>Creates a limiter.</summary>
    /// <param name="options">Validated here.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is outside the range that its documentation names.</exception>
    public ClientRateLimiter(ClientRateLimitOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PermitLimit, 1, nameof(options.PermitLimit));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxClients, 1, nameof(options.MaxClients));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Window, TimeSpan.Zero, nameof(options.Window));
        _time = time ?? TimeProvider.System;
        _start = _time.GetTimestamp();
        _windowTicks = options.Window.Ticks;
        _permitLimit = options.PermitLimit;
        _maxClients = options.MaxClients;
        _clients = new Dictionary<string, LinkedListNode<Client>>(StringComparer.Ordinal);
    }

    /// <summary>How many clients are counted one by one at the moment.</summary>
    public int ClientCount
    {
        get
        {
            lock (_gate)
                return _clients.Count;
        }
    }

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics(string resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        long elapsed = Elapsed();
        lock (_gate)
        {
            long available = _clients.TryGetValue(resource, out LinkedListNode<Client>? node)
                ? node.ValueRef.Window.Available(elapsed, _windowTicks, _permitLimit)
                : _permitLimit;
            return new RateLimiterStatistics { CurrentAvailablePermits = available };
        }
    }

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(string resource, int permitCount)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, _permitLimit);
        long elapsed = Elapsed();
        lock (_gate)
        {
            ref ClientWindow window = ref Find(resource, elapsed);
            return window.TryTake(elapsed, _windowTicks, permitCount, _permitLimit, out long retryAfter)
                ? ClientRateLimitLease.Granted
                : new ClientRateLimitLease(TimeSpan.FromTicks(retryAfter));
        }
    }

    /// <summary>There is no queue: a request is admitted or refused at once, so that waiting requests cannot pile up.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(string resource, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(resource, permitCount));

    private ref ClientWindow Find(string id, long elapsed)
    {
        if (_clients.TryGetValue(id, out LinkedListNode<Client>? node))
        {
            _leastRecentFirst.Remove(node);
            _leastRecentFirst.AddLast(node);
            return ref node.ValueRef.Window;
        }

        if (_clients.Count >= _maxClients)
        {
            LinkedListNode<Client> oldest = _leastRecentFirst.First!;
            if (!oldest.ValueRef.Window.IsIdle(elapsed, _windowTicks))
                return ref _overflow;
            _leastRecentFirst.RemoveFirst();
            _clients.Remove(oldest.Value.Id);
        }

        node = new LinkedListNode<Client>(new Client(id));
        _leastRecentFirst.AddLast(node);
        _clients.Add(id, node);
        return ref node.ValueRef.Window;
    }

    private long Elapsed() => _time.GetElapsedTime(_start).Ticks;

    private struct Client(string id)
    {
        public readonly string Id = id;
        public ClientWindow Window;
    }
}
