namespace SecurityToolchain.Scanning.Reports;

/// <summary>The place of a suppression (SARIF 2.1.0, section 3.35.2).</summary>
public enum SuppressionKind
{
    /// <summary>A comment or an attribute in the scanned file.</summary>
    InSource,

    /// <summary>An entry of a configuration, allow-list or baseline.</summary>
    External,
}
