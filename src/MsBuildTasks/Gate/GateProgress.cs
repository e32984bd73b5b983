using System.Diagnostics;

namespace SecurityToolchain.MsBuildTasks.Gate;

/// <summary>Counts finished packages and reports now and then, so that a long check is not taken for a hang. Thread safe.</summary>
internal sealed class GateProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Action<int, int>? _report;
    private readonly int _total;
    private readonly Lock _lock = new();
    private long _last = Stopwatch.GetTimestamp();
    private int _done;

    /// <param name="report">Receives done and total; null for silence.</param>
    /// <param name="total">How many packages there are.</param>
    public GateProgress(Action<int, int>? report, int total)
    {
        _report = report;
        _total = total;
    }

    /// <summary>A package is finished.</summary>
    public void Advance()
    {
        lock (_lock)
        {
            _done++;
            if (_report is null || _done == _total || Stopwatch.GetElapsedTime(_last) < Interval)
                return;
            _last = Stopwatch.GetTimestamp();
            _report(_done, _total);
        }
    }
}
