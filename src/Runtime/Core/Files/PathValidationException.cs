namespace SecurityToolchain.Runtime.Files;

/// <summary>A path is refused. The message says why and holds the path with control characters escaped.</summary>
public sealed class PathValidationException : IOException
{
    /// <summary>Creates the exception with a general message.</summary>
    public PathValidationException()
        : this("The path is refused.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says why.</param>
    public PathValidationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says why.</param>
    /// <param name="innerException">The cause.</param>
    public PathValidationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal PathValidationException(PathValidationError error, string path)
        : base($"The path '{Output.OutputEncoder.ForLog(path, 256)}' is refused: {error}.") => Error = error;

    /// <summary>Why the path is refused.</summary>
    public PathValidationError Error { get; }
}
