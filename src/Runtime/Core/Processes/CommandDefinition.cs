namespace SecurityToolchain.Runtime.Processes;

/// <summary>One program that may be run, and with which arguments. Checked when a <see cref="CommandPolicy"/> is made of it.</summary>
public sealed class CommandDefinition
{
    /// <summary>Absolute path of the program. It is not looked up anywhere, and it is no script for a command interpreter (.bat, .cmd).</summary>
    public required string ExecutablePath { get; init; }

    /// <summary>Arguments, in order. Those from outside are given by the caller in the same order.</summary>
    public IReadOnlyList<CommandArgument> Arguments { get; init; } = [];

    /// <summary>SHA-256 of the program in hexadecimal digits, or <see langword="null"/> to accept any content. Checked before each run.</summary>
    public string? ExecutableSha256 { get; init; }

    /// <summary>
    /// Whether <c>--</c> is put before the first argument from outside, so that the program takes none of them for an option. Default
    /// <see langword="true"/>; set it to <see langword="false"/> for a program that does not know <c>--</c>.
    /// </summary>
    public bool InsertEndOfOptions { get; init; } = true;

    internal void Validate(string name)
    {
        if (!Path.IsPathFullyQualified(ExecutablePath))
            throw Error.Invalid(nameof(ExecutablePath), $"The path of the command '{name}' must be absolute: '{ExecutablePath}'.");
        string extension = Path.GetExtension(ExecutablePath);
        if (extension.Equals(".bat", StringComparison.OrdinalIgnoreCase) || extension.Equals(".cmd", StringComparison.OrdinalIgnoreCase))
            throw Error.Invalid(nameof(ExecutablePath), $"The command '{name}' is a batch file, whose arguments a shell reads: '{ExecutablePath}'.");
        if (ExecutableSha256 is not null && (ExecutableSha256.Length != 64 || !ExecutableSha256.All(char.IsAsciiHexDigit)))
            throw Error.Invalid(nameof(ExecutableSha256), $"The SHA-256 of the command '{name}' must be 64 hexadecimal digits.");
        ArgumentNullException.ThrowIfNull(Arguments);
    }
}
