namespace SecurityToolchain.Runtime.Secrets;

/// <summary>A secret was found and is not in the form that was asked for. The message names it and holds no part of the value.</summary>
public sealed class SecretFormatException : FormatException
{
    /// <summary>Creates the exception with a general message.</summary>
    public SecretFormatException()
        : this("A secret is not in the form that was asked for.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says what is wrong. Must hold no secret.</param>
    public SecretFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says what is wrong. Must hold no secret.</param>
    /// <param name="innerException">The cause.</param>
    public SecretFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal SecretFormatException(string name, string problem)
        : base($"The secret '{name}' cannot be used: {problem}.") => Name = name;

    /// <summary>Name of the secret, or <see langword="null"/>.</summary>
    public string? Name { get; }
}
