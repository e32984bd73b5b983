namespace SecurityToolchain.Runtime.Incidents;

/// <summary>Takes security events: an audit file, alerts, a queue.</summary>
public interface ISecurityEventSink
{
    /// <summary>Takes one event. Must return quickly; slow work belongs on a queue.</summary>
    /// <param name="securityEvent">The event; its texts are as they came in, so escape them with <see cref="LoggedText"/>.</param>
    /// <exception cref="IOException">The event could not be stored; <see cref="SecurityEventLog"/> reports it and goes on with the other sinks.</exception>
    void Write(SecurityEvent securityEvent);
}
