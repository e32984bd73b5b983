namespace SecurityToolchain.Runtime.Processes;

/// <summary>A command did not run to its end. The message names the command and the rule, never an argument's value and never its output.</summary>
public sealed class CommandException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public CommandException()
        : this("The command failed.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says why.</param>
    public CommandException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says why.</param>
    /// <param name="innerException">The cause.</param>
    public CommandException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal CommandException(CommandErrorKind kind, string message, ReadOnlyMemory<byte> standardError = default, Exception? cause = null)
        : base(message, cause)
    {
        Kind = kind;
        StandardError = standardError;
    }

    /// <summary>Why.</summary>
    public CommandErrorKind Kind { get; }

    /// <summary>What the program wrote to its error stream until then, at most the limit of the policy. Do not show it to clients.</summary>
    public ReadOnlyMemory<byte> StandardError { get; }
}
