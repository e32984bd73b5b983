namespace SecurityToolchain.MsBuildTasks;

/// <summary>When the gate runs.</summary>
public enum GatePhase
{
    /// <summary>After restore, before a build reads what packages deliver.</summary>
    Restore = 0,

    /// <summary>At the start of a build, or just before package files reach the compiler.</summary>
    Build = 1,
}
