namespace SecurityToolchain.Runtime.Isolation;

/// <summary>How far a process is isolated.</summary>
public enum IsolationLevel
{
    /// <summary>Nothing is in force.</summary>
    None = 0,

    /// <summary>Something of what was asked for is not in force; the report says what.</summary>
    Degraded = 1,

    /// <summary>Everything that was asked for is in force.</summary>
    Full = 2,
}
