using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>
/// Sends alerts from a bounded queue on a task of its own, so that a slow or dead channel never holds up the application. Every failure is
/// logged and counted; channels do not wait for each other.
/// </summary>
public sealed partial class AlertDispatcher : ISecurityEventSink, IAsyncDisposable
{
    private const int MostKnownKinds = 10_000;

    private readonly AlertOptions _options;
    private readonly ImmutableArray<IAlertChannel> _channels;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Channel<Alert> _queue;
    private readonly Task _worker;
    private readonly CancellationTokenSource _drained = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(SecurityEventType, string?, string?), (DateTimeOffset Sent, int Held)> _recent = [];
    private long _delivered;
    private long _failed;
    private long _dropped;

    /// <summary>Creates a dispatcher and starts it.</summary>
    /// <param name="channels">Each gets every alert.</param>
    /// <param name="logger">Gets failures and drops; never what a channel sends, nor its address.</param>
    /// <param name="options">When and how hard; the defaults if <see langword="null"/>.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public AlertDispatcher(IEnumerable<IAlertChannel> channels, ILogger<AlertDispatcher> logger, AlertOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(logger);
        _options = options ?? new AlertOptions();
        _options.Validate();
        _channels = [.. channels];
        _logger = logger;
        _time = time ?? TimeProvider.System;
        _queue = Channel.CreateBounded<Alert>(
            new BoundedChannelOptions(_options.QueueCapacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            CountDropped);
        _worker = Task.Run(RunAsync);
    }

    /// <summary>Alerts that a channel took, counted for each channel.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Alerts that a channel did not take after all attempts, counted for each channel.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Alerts that a full queue lost.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public void Write(SecurityEvent securityEvent)
    {
        ArgumentNullException.ThrowIfNull(securityEvent);
        if (securityEvent.Severity >= _options.MinimumSeverity && !IsHeldBack(securityEvent, out int repeats))
            _queue.Writer.TryWrite(Compose(securityEvent, repeats));
    }

    /// <summary>Takes no more alerts, delivers what is queued for at most <see cref="AlertOptions.DrainTimeout"/>, counts the rest as dropped, and returns.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        using var timeout = new CancellationTokenSource(_options.DrainTimeout, _time);
        using (timeout.Token.Register(static drained => ((CancellationTokenSource)drained!).Cancel(), _drained))
            await _worker.ConfigureAwait(false);
        _drained.Dispose();
    }

    private static Alert Compose(SecurityEvent securityEvent, int repeats)
    {
        string title = string.Create(CultureInfo.InvariantCulture, $"[{securityEvent.Severity}] {securityEvent.Type}");
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"time: {securityEvent.Time:yyyy-MM-ddTHH:mm:ss.fffZ}\n");
        if (securityEvent.UserId is { } user)
            text.Append(CultureInfo.InvariantCulture, $"user: {LoggedText.Escape(user)}\n");
        if (securityEvent.ClientAddress is { } client)
            text.Append(CultureInfo.InvariantCulture, $"client: {client}\n");
        foreach ((string name, string value) in securityEvent.Details)
            text.Append(CultureInfo.InvariantCulture, $"{LoggedText.Escape(name)}: {LoggedText.Value(name, value)}\n");
        if (repeats > 0)
            text.Append(CultureInfo.InvariantCulture, $"repeated: {repeats} more since the last alert\n");
        return new Alert(title, text.ToString(), securityEvent, repeats);
    }

    private bool IsHeldBack(SecurityEvent securityEvent, out int repeats)
    {
        repeats = 0;
        if (_options.DeduplicationWindow == TimeSpan.Zero)
            return false;
        var key = (securityEvent.Type, securityEvent.UserId, securityEvent.ClientAddress?.ToString());
        DateTimeOffset now = _time.GetUtcNow();
        lock (_gate)
        {
            if (_recent.TryGetValue(key, out (DateTimeOffset Sent, int Held) last) && now - last.Sent < _options.DeduplicationWindow)
            {
                _recent[key] = (last.Sent, last.Held + 1);
                return true;
            }

            repeats = last.Held;
            if (_recent.Count >= MostKnownKinds && !_recent.ContainsKey(key))
                Forget(now);
            _recent[key] = (now, 0);
            return false;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var key in _recent.Where(entry => now - entry.Value.Sent >= _options.DeduplicationWindow).Select(static entry => entry.Key).ToArray())
            _recent.Remove(key);
        // Nothing was old enough: an attacker varies user or address. Sending twice is better than growing for ever.
        if (_recent.Count >= MostKnownKinds)
            _recent.Clear();
    }

    private async Task RunAsync()
    {
        await foreach (Alert alert in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_drained.IsCancellationRequested)
            {
                CountDropped(alert);
                continue;
            }

            await Task.WhenAll(_channels.Select(channel => DeliverAsync(channel, alert))).ConfigureAwait(false);
        }
    }

    private void CountDropped(Alert alert)
    {
        Interlocked.Increment(ref _dropped);
        LogDropped(alert.Event.Type);
    }

    private async Task DeliverAsync(IAlertChannel channel, Alert alert)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using var deadline = new CancellationTokenSource(_options.Timeout, _time);
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _drained.Token);
                await channel.SendAsync(alert, timeout.Token).WaitAsync(timeout.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _delivered);
                return;
            }
#pragma warning disable CA1031 // A channel is somebody else's code and network; whatever it throws is a failed attempt.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                // The type alone: a message of a mail or HTTP client may hold an address with credentials.
                string reason = failure is OperationCanceledException ? "timeout" : failure.GetType().Name;
                if (attempt == _options.Attempts || _drained.IsCancellationRequested)
                {
                    Interlocked.Increment(ref _failed);
                    LogFailed(channel.Name, alert.Event.Type, attempt, reason);
                    return;
                }
            }

            // Ended early by the end of the drain; the attempt that follows then is the last one.
            await Task.Delay(_options.RetryDelay * (1 << (attempt - 1)), _time, _drained.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Error, Message = "The alert channel {Channel} did not take an alert of type {Type} in {Attempts} attempts: {Reason}")]
    private partial void LogFailed(string channel, SecurityEventType type, int attempts, string reason);

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "The alert queue is full or was closed; an alert of type {Type} was dropped")]
    private partial void LogDropped(SecurityEventType type);
}
