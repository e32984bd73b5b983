namespace SecurityToolchain.Scanning.Reports;

/// <summary>How a finding compares with an earlier report (SARIF 2.1.0, section 3.27.24).</summary>
public enum BaselineState
{
    /// <summary>No earlier report was given.</summary>
    None = 0,

    /// <summary>The finding is not in the earlier report.</summary>
    New = 1,

    /// <summary>The finding is in both reports.</summary>
    Unchanged = 2,

    /// <summary>The finding was in the earlier report and is gone.</summary>
    Absent = 3,
}
