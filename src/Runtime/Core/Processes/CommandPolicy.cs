using System.Collections.Frozen;

namespace SecurityToolchain.Runtime.Processes;

/// <summary>Which programs may be run, where, for how long and with what output. Nothing is allowed by default. Immutable, thread safe.</summary>
public sealed class CommandPolicy
{
    /// <summary>Creates a policy.</summary>
    /// <param name="commands">Commands by the name that callers use, compared exactly.</param>
    /// <exception cref="ArgumentException">A command is not valid.</exception>
    public CommandPolicy(IReadOnlyDictionary<string, CommandDefinition> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        foreach ((string name, CommandDefinition command) in commands)
            command.Validate(name);
        Commands = commands.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The commands.</summary>
    public IReadOnlyDictionary<string, CommandDefinition> Commands { get; }

    /// <summary>Time that a command may take: more than 0, at most 1 day. Default 30 seconds.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw Error.OutOfRange(nameof(Timeout), "The timeout of a command", "more than 0", TimeSpan.FromDays(1), value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>Most bytes of each output stream: 1 to 1 GiB. Default 1 MiB.</summary>
    public int MaxOutputInBytes
    {
        get;
        init => field = value is >= 1 and <= 1 << 30
            ? value
            : throw Error.OutOfRange(nameof(MaxOutputInBytes), "The output in bytes", 1, 1 << 30, value);
    } = 1024 * 1024;

    /// <summary>Whether a command that writes more is killed (<see langword="false"/>, the default) or runs on with the rest thrown away.</summary>
    public bool TruncateOutput { get; init; }

    /// <summary>Directory in which commands run; an absolute path. Default: the root of the file system, so that nothing is found there by accident.</summary>
    public string WorkingDirectory
    {
        get;
        init => field = Path.IsPathFullyQualified(value)
            ? value
            : throw Error.Invalid(nameof(WorkingDirectory), $"The working directory must be an absolute path: '{value}'.");
    } = Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/";

    /// <summary>
    /// The whole environment of a command. Default: <c>PATH=/usr/bin:/bin</c> and <c>LANG=C.UTF-8</c>, on Windows <c>SystemRoot</c>. Nothing
    /// of this process's environment is passed on.
    /// </summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; init; } = OperatingSystem.IsWindows()
        ? new Dictionary<string, string> { ["SystemRoot"] = Environment.GetFolderPath(Environment.SpecialFolder.Windows) }
        : new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["LANG"] = "C.UTF-8" };
}
