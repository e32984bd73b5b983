namespace SecurityToolchain.Runtime.Isolation;

/// <summary>
/// A right could not be given up, or was still there afterwards. The process is in between: it must end without doing what it was
/// isolated for.
/// </summary>
public sealed class IsolationException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public IsolationException()
        : this("The process could not be isolated.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says which right.</param>
    public IsolationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says which right.</param>
    /// <param name="innerException">The cause.</param>
    public IsolationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
