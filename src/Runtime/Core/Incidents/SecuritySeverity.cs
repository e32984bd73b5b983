namespace SecurityToolchain.Runtime.Incidents;

/// <summary>How bad an event is. Log levels: Critical, Error, Warning, Information.</summary>
public enum SecuritySeverity
{
    /// <summary>Worth a record.</summary>
    Low,

    /// <summary>Worth a look.</summary>
    Medium,

    /// <summary>Worth an alert.</summary>
    High,

    /// <summary>Worth waking somebody.</summary>
    Critical,
}
