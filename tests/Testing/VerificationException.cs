namespace SecurityToolchain.Testing;

/// <summary>What was found differs from what a test expects.</summary>
public sealed class VerificationException : Exception
{
    /// <summary>Creates the exception with a text that names both sides.</summary>
    public VerificationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the exception that led to it.</summary>
    public VerificationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception without a text.</summary>
    public VerificationException()
    {
    }
}
