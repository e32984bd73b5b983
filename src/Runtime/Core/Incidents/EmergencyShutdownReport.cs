using System.Collections.Immutable;

namespace SecurityToolchain.Runtime.Incidents;

/// <summary>What an <see cref="EmergencyShutdown"/> achieved.</summary>
/// <param name="Stopped">Names of the components that stopped.</param>
/// <param name="NotStopped">Names of those that did not, each with the reason.</param>
public sealed record EmergencyShutdownReport(ImmutableArray<string> Stopped, ImmutableArray<string> NotStopped)
{
    /// <summary>Whether every component stopped.</summary>
    public bool IsComplete => NotStopped.IsEmpty;
}
