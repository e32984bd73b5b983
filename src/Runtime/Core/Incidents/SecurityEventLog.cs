using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace SecurityToolchain.Runtime.Incidents;

/// <summary>
/// Records security events: one structured log entry, one count in the meter <c>SecurityToolchain.Incidents</c>, and every sink.
/// May be used by several threads at once.
/// </summary>
public sealed partial class SecurityEventLog : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SecurityToolchain.Incidents";

    private readonly ILogger _logger;
    private readonly ImmutableArray<ISecurityEventSink> _sinks;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Counter<long> _sinkFailures;

    /// <summary>Creates a log.</summary>
    /// <param name="logger">Where entries go: Critical, Error, Warning and Information for the four severities.</param>
    /// <param name="sinks">Further takers; none by default.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    public SecurityEventLog(ILogger<SecurityEventLog> logger, IEnumerable<ISecurityEventSink>? sinks = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
        _sinks = sinks is null ? [] : [.. sinks];
        _time = time ?? TimeProvider.System;
        _meter = new Meter(MeterName);
        _events = _meter.CreateCounter<long>("security.events", "{event}", "Security events by type and severity.");
        _sinkFailures = _meter.CreateCounter<long>("security.event_sink.failures", "{event}", "Events that a sink could not take.");
    }

    /// <summary>Records an event. A sink that fails is logged as an error and counted; the others still get the event.</summary>
    /// <param name="securityEvent">The event; its time is set here if it has none.</param>
    public void Write(SecurityEvent securityEvent)
    {
        ArgumentNullException.ThrowIfNull(securityEvent);
        if (securityEvent.Time == default)
            securityEvent = securityEvent with { Time = _time.GetUtcNow() };

        _events.Add(1, new TagList { { "type", securityEvent.Type.ToString() }, { "severity", securityEvent.Severity.ToString() } });
        LogLevel level = Level(securityEvent.Severity);
        if (_logger.IsEnabled(level))
        {
#pragma warning disable CA1873 // The level was asked for just above; the rule does not see it through the variable.
            LogEvent(level, securityEvent.Type, securityEvent.Severity, LoggedText.Escape(securityEvent.UserId), securityEvent.ClientAddress?.ToString(), Details(securityEvent));
#pragma warning restore CA1873
        }

        foreach (ISecurityEventSink sink in _sinks)
        {
            try
            {
                sink.Write(securityEvent);
            }
#pragma warning disable CA1031 // One broken sink must not keep an event from the others, whatever it throws.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _sinkFailures.Add(1);
                LogSinkFailure(failure, sink.GetType().Name, securityEvent.Type);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static LogLevel Level(SecuritySeverity severity) => severity switch
    {
        SecuritySeverity.Critical => LogLevel.Critical,
        SecuritySeverity.High => LogLevel.Error,
        SecuritySeverity.Medium => LogLevel.Warning,
        _ => LogLevel.Information,
    };

    private static string Details(SecurityEvent securityEvent)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in securityEvent.Details)
            text.Append(text.Length == 0 ? string.Empty : ", ").Append(LoggedText.Escape(name)).Append('=').Append(LoggedText.Value(name, value));
        return text.ToString();
    }

    [LoggerMessage(EventId = 1, Message = "Security event {Type} ({Severity}) user={UserId} client={ClientAddress} {Details}")]
    private partial void LogEvent(LogLevel level, SecurityEventType type, SecuritySeverity severity, string userId, string? clientAddress, string details);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The sink {Sink} could not take an event of type {Type}")]
    private partial void LogSinkFailure(Exception failure, string sink, SecurityEventType type);
}
