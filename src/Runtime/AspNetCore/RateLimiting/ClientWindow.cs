namespace SecurityToolchain.AspNetCore.RateLimiting;

/// <summary>
/// One client's count: the requests of the running window and of the one before it. The estimate weights the earlier window with the
/// part of it that still lies in the sliding window, so a client needs two numbers instead of a time for each request.
/// </summary>
internal struct ClientWindow
{
    private long _windowIndex;
    private int _previous;
    private int _current;

    /// <summary>Counts a request if the limit allows.</summary>
    /// <param name="elapsed">Time since the limiter was made, in ticks of 100 ns.</param>
    /// <param name="window">The window, in the same ticks.</param>
    /// <param name="permits">How many permits are asked for; 0 only asks.</param>
    /// <param name="limit">Requests per window.</param>
    /// <param name="retryAfter">When refused: ticks until a permit can be free again.</param>
    public bool TryTake(long elapsed, long window, int permits, int limit, out long retryAfter)
    {
        Advance(elapsed / window);
        long into = elapsed % window;
        double carried = _previous * (double)(window - into) / window;
        if (carried + _current + Math.Max(permits, 1) <= limit)
        {
            _current += permits;
            retryAfter = 0;
            return true;
        }

        retryAfter = RetryAfter(into, window, permits, limit);
        return false;
    }

    /// <summary>The unused part of the limit, never negative.</summary>
    public long Available(long elapsed, long window, int limit)
    {
        Advance(elapsed / window);
        double carried = _previous * (double)(window - (elapsed % window)) / window;
        return Math.Max(0, (long)(limit - carried - _current));
    }

    /// <summary>Whether nothing of the client's past matters any more.</summary>
    public readonly bool IsIdle(long elapsed, long window) => (elapsed / window) - _windowIndex > 1;

    private readonly long RetryAfter(long into, long window, int permits, int limit)
    {
        // In this window the carried part shrinks by _previous/window a tick; if that is not enough, the next window starts with _current carried.
        double room = limit - Math.Max(permits, 1);
        if (_current <= room && _previous > 0)
            return Math.Max(1, (long)Math.Ceiling(window - ((room - _current) * window / _previous)) - into);
        long toNext = window - into;
        double surplus = _current - room;
        return _current == 0 || surplus <= 0 ? toNext : toNext + (long)Math.Ceiling(surplus * window / _current);
    }

    private void Advance(long index)
    {
        if (index == _windowIndex)
            return;
        _previous = index == _windowIndex + 1 ? _current : 0;
        _current = 0;
        _windowIndex = index;
    }
}
