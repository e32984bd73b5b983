namespace SecurityToolchain.Runtime.Files.Archives;

/// <summary>An archive was not extracted; nothing of it stays behind.</summary>
public sealed class ArchiveException : IOException
{
    /// <summary>Creates the exception with a general message.</summary>
    public ArchiveException()
        : this("The archive was not extracted.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says why.</param>
    public ArchiveException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says why.</param>
    /// <param name="innerException">The cause.</param>
    public ArchiveException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ArchiveException(ArchiveProblem problem, string detail, Exception? cause = null)
        : base($"The archive was not extracted ({problem}): {detail}", cause) => Problem = problem;

    /// <summary>Why.</summary>
    public ArchiveProblem Problem { get; }
}
