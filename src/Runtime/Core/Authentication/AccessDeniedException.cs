namespace SecurityToolchain.Runtime.Authentication;

/// <summary>A call was refused before it reached its target. The message is the same for every reason.</summary>
public sealed class AccessDeniedException : UnauthorizedAccessException
{
    /// <summary>Creates the exception.</summary>
    public AccessDeniedException()
        : this("Access is denied.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Clients may see it.</param>
    public AccessDeniedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Clients may see it.</param>
    /// <param name="innerException">The cause.</param>
    public AccessDeniedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal AccessDeniedException(AuthFailure failure)
        : this() => Failure = failure;

    /// <summary>Why, for logs.</summary>
    public AuthFailure Failure { get; }
}
