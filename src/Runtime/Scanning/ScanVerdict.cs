namespace SecurityToolchain.Scanning;

/// <summary>What a scan says about a file, the weightiest first when several hold: malicious, suspicious, incomplete, clean.</summary>
public enum ScanVerdict
{
    /// <summary>Everything was looked at and no finding is above a note.</summary>
    Clean = 0,

    /// <summary>Something was not looked at; the issues say what and why. Unknown is not clean.</summary>
    Incomplete = 1,

    /// <summary>At least one warning or error.</summary>
    Suspicious = 2,

    /// <summary>A finding of a rule that describes an attack and has no innocent reading.</summary>
    Malicious = 3,
}
