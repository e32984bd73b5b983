namespace SecurityToolchain.Runtime.Caching;

/// <summary>A token bucket: as many operations at once as a second allows, refilled evenly.</summary>
internal sealed class OperationBudget(int perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _tokens = perSecond;
    private long _last = time.GetTimestamp();

    public bool TryTake()
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            _tokens = Math.Min(perSecond, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * perSecond));
            _last = now;
            if (_tokens < 1)
                return false;
            _tokens--;
            return true;
        }
    }
}
