using System.Collections.Immutable;

namespace SecurityToolchain.Runtime.Incidents;

/// <summary>
/// Stops an application because of an incident: writes the event first, then cancels, then waits for the components that registered, and
/// says which of them did not stop. Triggering it again returns the first call's result.
/// </summary>
public sealed class EmergencyShutdown : IDisposable
{
    /// <summary>How long components may take to stop: 5 seconds.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly SecurityEventLog _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<(string Name, Func<CancellationToken, Task> Stop)> _components = [];
    private Task<EmergencyShutdownReport>? _running;

    /// <summary>Creates a switch.</summary>
    /// <param name="log">Gets the event before anything is stopped.</param>
    /// <param name="time">The clock for the grace; null takes the system's.</param>
    public EmergencyShutdown(SecurityEventLog log, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Cancelled when the shutdown begins.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Registers a component.</summary>
    /// <param name="name">Named in the report when it does not stop.</param>
    /// <param name="stop">Stops it; its token is cancelled when the grace ends.</param>
    /// <exception cref="InvalidOperationException">The shutdown has begun.</exception>
    public void Register(string name, Func<CancellationToken, Task> stop)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(stop);
        lock (_gate)
        {
            if (_running is not null)
                throw new InvalidOperationException("The emergency shutdown has begun.");
            _components.Add((name, stop));
        }
    }

    /// <summary>Shuts down.</summary>
    /// <param name="reason">Why; goes into the event.</param>
    /// <param name="grace">How long to wait; null takes 5 seconds.</param>
    /// <param name="failFast">Whether the process is ended at once afterwards, whatever its threads do.</param>
    /// <returns>What stopped and what did not. Never throws because of a component.</returns>
    public Task<EmergencyShutdownReport> TriggerAsync(string reason, TimeSpan? grace = null, bool failFast = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        lock (_gate)
            return _running ??= Task.Run(() => RunAsync(reason, grace ?? DefaultGrace, failFast));
    }

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private async Task<EmergencyShutdownReport> RunAsync(string reason, TimeSpan grace, bool failFast)
    {
        _log.Write(new SecurityEvent
        {
            Type = SecurityEventType.EmergencyShutdown,
            Severity = SecuritySeverity.Critical,
            Details = new Dictionary<string, string> { ["reason"] = reason },
        });

        using var graceEnd = new CancellationTokenSource(grace, _time);
        await _cancellation.CancelAsync().ConfigureAwait(false);
        (string Name, Task<string?> Outcome)[] stopping = [.. _components.Select(component => (component.Name, StopAsync(component.Stop, graceEnd.Token)))];
        var stopped = ImmutableArray.CreateBuilder<string>();
        var failed = ImmutableArray.CreateBuilder<string>();
        foreach ((string name, Task<string?> outcome) in stopping)
        {
            string? problem = await outcome.ConfigureAwait(false);
            if (problem is null)
                stopped.Add(name);
            else
                failed.Add(name + ": " + problem);
        }

        var report = new EmergencyShutdownReport(stopped.ToImmutable(), failed.ToImmutable());
        if (!report.IsComplete)
        {
            _log.Write(new SecurityEvent
            {
                Type = SecurityEventType.EmergencyShutdown,
                Severity = SecuritySeverity.Critical,
                Details = new Dictionary<string, string> { ["notStopped"] = string.Join("; ", report.NotStopped) },
            });
        }

        if (failFast)
            Environment.FailFast("Emergency shutdown: " + LoggedText.Escape(reason));
        return report;
    }

    private static async Task<string?> StopAsync(Func<CancellationToken, Task> stop, CancellationToken graceEnd)
    {
        try
        {
            // A component that blocks its thread or ignores the token must not hold up the others.
            await Task.Run(() => stop(graceEnd), CancellationToken.None).WaitAsync(graceEnd).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (graceEnd.IsCancellationRequested)
        {
            return "still running when the grace ended";
        }
#pragma warning disable CA1031 // Whatever a component throws, the others are still stopped and the report is given.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure.GetType().Name;
        }
    }
}
