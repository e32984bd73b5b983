namespace SecurityToolchain.Cli.Scanning;

/// <summary>The exit codes of the scanning commands; documented in docs/scanning.md and never changed.</summary>
internal static class ScanExitCodes
{
    /// <summary>Everything was looked at, and no finding reaches the threshold.</summary>
    public const int Clean = 0;

    /// <summary>At least one finding reaches the threshold, or a digest does not match.</summary>
    public const int Findings = 1;

    /// <summary>No finding reaches the threshold, and something was not looked at.</summary>
    public const int Incomplete = 2;

    /// <summary>The command line, the configuration or a file named by it is wrong.</summary>
    public const int Usage = 3;
}
