namespace SecurityToolchain.Tooling;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">The exit code, or <see cref="TimedOut"/>.</param>
/// <param name="Output">Both streams, line by line in the order of arrival.</param>
/// <param name="Elapsed">Wall time.</param>
public sealed record CommandResult(int ExitCode, string Output, TimeSpan Elapsed)
{
    /// <summary>The exit code of a command that was ended because its time was up.</summary>
    public const int TimedOut = -1;

    /// <summary>Whether the exit code is zero.</summary>
    public bool Succeeded => ExitCode == 0;
}
