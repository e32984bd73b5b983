namespace SecurityToolchain.Cli;

/// <summary>What a command says to the script that called it.</summary>
internal static class ExitCodes
{
    /// <summary>All was checked and nothing stands against it.</summary>
    public const int Success = 0;

    /// <summary>There are findings of error severity.</summary>
    public const int Findings = 1;

    /// <summary>The command could not do its work: a bad path, nothing restored, a file that cannot be read or written.</summary>
    public const int Failure = 2;
}
