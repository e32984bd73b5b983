using System.Diagnostics;
using System.Net;

namespace SecurityToolchain.Runtime.Incidents;

/// <summary>
/// One security event. Texts may come from an attacker: they are kept as they are here, and every sink escapes and cuts them with
/// <see cref="LoggedText"/>.
/// </summary>
public sealed record SecurityEvent
{
    /// <summary>What happened.</summary>
    public required SecurityEventType Type { get; init; }

    /// <summary>How bad it is.</summary>
    public required SecuritySeverity Severity { get; init; }

    /// <summary>When it happened; the log sets it when it is left at its default.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Who, if known; an id, not a name or an address.</summary>
    public string? UserId { get; init; }

    /// <summary>Where from, if known.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The trace that the event belongs to; default the current activity's id.</summary>
    public string? ActivityId { get; init; } = Activity.Current?.Id;

    /// <summary>
    /// Facts by name. The values of names that speak of secrets (password, token, key, cookie, authorization ...) never leave this process:
    /// sinks write <c>[redacted]</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}
