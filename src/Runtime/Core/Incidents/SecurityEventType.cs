namespace SecurityToolchain.Runtime.Incidents;

/// <summary>What happened.</summary>
public enum SecurityEventType
{
    /// <summary>Somebody could not prove who they are.</summary>
    AuthenticationFailure,

    /// <summary>Somebody known tried what they may not do.</summary>
    AuthorizationFailure,

    /// <summary>A client sent more requests than its limit.</summary>
    RateLimitExceeded,

    /// <summary>A file looked malicious.</summary>
    SuspiciousFileDetected,

    /// <summary>A path led out of its root.</summary>
    PathTraversalAttempt,

    /// <summary>Input broke its contract.</summary>
    InvalidInput,

    /// <summary>Memory, time, size or another budget ran out.</summary>
    ResourceLimitExceeded,

    /// <summary>The application was shut down on purpose because of an incident.</summary>
    EmergencyShutdown,

    /// <summary>Data did not match its tag, hash or signature.</summary>
    IntegrityFailure,

    /// <summary>A package differs from what was signed or pinned.</summary>
    PackageTampered,

    /// <summary>A secret was found where none may be.</summary>
    SecretFound,
}
