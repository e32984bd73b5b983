namespace SecurityToolchain.Runtime.Incidents;

/// <summary>Takes security events: an audit file, alerts, a queue.</summary>
public interface ISecurityEventSink
{
    /// <summary>Takes one event. Must return quickly; slow work belongs on a queue.</summary>
    /// <exception cref="IOException">The event could not be stored; <see cref="SecurityEventLog"/> reports it and goes on with the other sinks.</exception>
    void Write(SecurityEvent securityEvent);
}
