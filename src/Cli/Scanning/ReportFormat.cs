namespace SecurityToolchain.Cli.Scanning;

/// <summary>The forms of a scan report.</summary>
internal enum ReportFormat
{
    /// <summary>For people, with colours where the terminal has them.</summary>
    Console,

    /// <summary>SARIF 2.1.0.</summary>
    Sarif,

    /// <summary>Everything as JSON.</summary>
    Json,

    /// <summary>One self-contained page.</summary>
    Html,

    /// <summary>Annotations of GitHub Actions.</summary>
    GitHub,

    /// <summary>Lines that MSBuild and editors read.</summary>
    MSBuild,
}
