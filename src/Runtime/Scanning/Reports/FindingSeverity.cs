namespace SecurityToolchain.Scanning.Reports;

/// <summary>How much a finding matters; the order is the order of weight, so values can be compared.</summary>
public enum FindingSeverity
{
    /// <summary>A fact worth knowing; never fails a build by default.</summary>
    Note = 0,

    /// <summary>A weakness that somebody has to look at.</summary>
    Warning = 1,

    /// <summary>A weakness that should stop the build or the deployment.</summary>
    Error = 2,
}
